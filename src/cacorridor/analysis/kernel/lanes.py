"""Instructions on 64 scenarios at once, for code that numba compiles.

numba's own loops over scenarios test at each start whether their arrays overlap, and keep no running
minimum in registers; on the short loops of the kernel that costs four times the work itself. These
few instructions say in LLVM's words what is meant: vectors of 64 numbers, which LLVM cuts to the registers
of the machine. An *offset* counts numbers from the start of an array, which must be contiguous; *bits* are
64 answers in one integer.
"""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from cacorridor.analysis.kernel.elimination import MOST

LANES = 64

_INDEX = ir.IntType(64)
_KINDS = {types.float32: ir.FloatType(), types.float64: ir.DoubleType()}


class _Array:
    """An argument of an instruction: an array of numbers."""

    def __init__(self, context, builder, array_type, value) -> None:
        self.builder = builder
        self.data = context.make_array(array_type)(context, builder, value).data
        self.kind = _KINDS.get(array_type.dtype)
        self.vector = ir.VectorType(self.kind, LANES)
        self.align = array_type.dtype.bitwidth // 8  # what numpy promises

    def item(self, at):
        """Load one number of an array of row numbers."""
        return self.builder.sext(self.builder.load(self.builder.gep(self.data, [at])), _INDEX)

    def row(self, number):
        """Return the offset of a row of 64 numbers."""
        return self.builder.mul(number, ir.Constant(_INDEX, LANES))

    def load(self, offset):
        """Load 64 numbers."""
        return self.builder.load(self._place(offset), align=self.align)

    def store(self, vector, offset) -> None:
        """Store 64 numbers."""
        self.builder.store(vector, self._place(offset), align=self.align)

    def filled(self, value: float) -> ir.Constant:
        """Repeat one number 64 times."""
        return ir.Constant(self.vector, [value] * LANES)

    def _place(self, offset):
        return self.builder.bitcast(self.builder.gep(self.data, [offset]), self.vector.as_pointer())


@intrinsic
def least_sum(_typing, value, row, left, right, start, stop):
    """Set a row to the least of ``value[left[i]] + value[right[i]]`` for i from start to before stop."""
    signature = types.void(value, types.int64, left, right, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        values, lefts, rights = (
            _Array(context, builder, signature.args[at], arguments[at]) for at in (0, 2, 3)
        )
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.branch(loop)
        builder.position_at_end(loop)
        way, best = builder.phi(_INDEX), builder.phi(values.vector)
        one = values.load(values.row(lefts.item(way)))
        other = values.load(values.row(rights.item(way)))
        total = builder.fadd(one, other)
        better = builder.select(builder.fcmp_ordered("<", total, best), total, best)
        following = builder.add(way, ir.Constant(_INDEX, 1))
        for phi, first, repeated in (
            (way, arguments[4], following),
            (best, values.filled(float("inf")), better),
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(repeated, loop)
        builder.cbranch(builder.icmp_signed("<", following, arguments[5]), loop, after)
        builder.position_at_end(after)
        values.store(better, values.row(arguments[1]))
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def take_in(_typing, value, row, weight, offset):
    """Copy 64 weights to a row; return the bits of those that are not allowed (see ``MOST``)."""
    signature = types.int64(value, types.int64, weight, types.int64)

    def generate(context, builder, signature, arguments):
        values, weights = (_Array(context, builder, signature.args[at], arguments[at]) for at in (0, 2))
        taken = weights.load(arguments[3])
        inside = builder.and_(
            builder.fcmp_ordered(">=", taken, weights.filled(0.0)),
            builder.fcmp_ordered("<=", taken, weights.filled(MOST)),
        )
        absent = builder.fcmp_ordered("==", taken, weights.filled(float("inf")))
        if weights.align != values.align:
            change = builder.fptrunc if weights.align > values.align else builder.fpext
            taken = change(taken, values.vector)
        values.store(taken, values.row(arguments[1]))
        return builder.not_(builder.bitcast(builder.or_(inside, absent), _INDEX))

    return signature, generate


@intrinsic
def reaches(_typing, value, left, right, row, slack):
    """Return the bits of the lanes in which ``left + right`` is at most ``row + slack``."""
    signature = types.int64(value, types.int64, types.int64, types.int64, slack)

    def generate(context, builder, signature, arguments):
        values, slacks = (_Array(context, builder, signature.args[at], arguments[at]) for at in (0, 4))
        one, other, best = (values.load(values.row(arguments[at])) for at in (1, 2, 3))
        bound = builder.fadd(best, slacks.load(ir.Constant(_INDEX, 0)))
        return builder.bitcast(builder.fcmp_ordered("<=", builder.fadd(one, other), bound), _INDEX)

    return signature, generate


@intrinsic
def count(_typing, bits):
    """Count the bits that are set."""

    def generate(_context, builder, _signature, arguments):
        return builder.ctpop(arguments[0])

    return types.int64(types.int64), generate


@intrinsic
def lowest(_typing, bits):
    """Return the number of the lowest bit that is set."""

    def generate(_context, builder, _signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), generate
