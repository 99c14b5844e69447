"""Instructions on 32 scenarios at once, for code that numba compiles.

numba's own loops over scenarios test at each start whether their arrays overlap, and keep no running
minimum in registers; on the short loops of the kernel that costs four times the work itself. These
few instructions say in LLVM's words what is meant: vectors of 32 numbers, which LLVM cuts to the registers
of the machine. An *offset* counts numbers from the start of an array, which must be contiguous; *bits* are
32 answers in one integer.

numba keeps compiled code as long as ``numba_engine`` does not change: after a change here, or of a constant
in ``plan``, touch it.
"""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from cacorridor.shortest_paths.many_weights.plan import MAX_WEIGHT

LANES = 32  # fewer would not fill the registers, more would not fit into the cache

_LINE = 64  # bytes of a line of the cache
_INDEX = ir.IntType(64)
_KINDS = {
    types.float32: ir.FloatType(),
    types.float64: ir.DoubleType(),
    types.int32: ir.IntType(32),
    types.int64: _INDEX,
    types.uint8: ir.IntType(8),
}


def empty_rows(count: int, kind: np.typing.DTypeLike) -> np.ndarray:
    """Return rows that begin with a line of the cache: across two lines, a vector takes twice the time.

    Parameters
    ----------
    count : int
        Number of rows.
    kind : dtype
        Kind of their numbers.

    Returns
    -------
    ndarray, shape (count, LANES)
        Rows with any values.

    """
    items = _LINE // np.dtype(kind).itemsize
    space = np.empty(count * LANES + items, dtype=kind)
    start = -space.ctypes.data % _LINE // space.itemsize
    return space[start : start + count * LANES].reshape(count, LANES)


class _Array:
    """An argument of an instruction: an array of numbers."""

    def __init__(self, context, builder, array_type, value) -> None:
        self.builder = builder
        self.data = context.make_array(array_type)(context, builder, value).data
        self.kind = _KINDS.get(array_type.dtype)
        self.vector = ir.VectorType(self.kind, LANES)
        self.align = array_type.dtype.bitwidth // 8  # what numpy promises

    def item(self, at):
        """Load one number."""
        return self.builder.load(self.builder.gep(self.data, [at]))

    def set(self, at, number) -> None:
        """Store one number."""
        self.builder.store(number, self.builder.gep(self.data, [at]))

    def index(self, at):
        """Load one number of an array of row numbers."""
        return self.builder.sext(self.item(at), _INDEX)

    def row(self, number):
        """Return the offset of a row of numbers."""
        return self.builder.mul(number, ir.Constant(_INDEX, LANES))

    def load(self, offset):
        """Load a number for each lane."""
        return self.builder.load(self._place(offset), align=self.align)

    def store(self, vector, offset) -> None:
        """Store a number for each lane."""
        self.builder.store(vector, self._place(offset), align=self.align)

    def filled(self, value: float) -> ir.Constant:
        """Repeat one number in each lane."""
        return ir.Constant(self.vector, [value] * LANES)

    def repeated(self, number):
        """Repeat a number in each lane, a 64-bit integer cut to the kind of the array."""
        vector, first = ir.Constant(self.vector, ir.Undefined), ir.Constant(ir.IntType(32), 0)
        narrow = number if self.kind == number.type else self.builder.trunc(number, self.kind)
        vector = self.builder.insert_element(vector, narrow, first)
        everywhere = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return self.builder.shuffle_vector(vector, vector, everywhere)

    def _place(self, offset):
        return self.builder.bitcast(self.builder.gep(self.data, [offset]), self.vector.as_pointer())


def _operands(context, builder, signature, arguments):
    """Return the arguments of an instruction: arrays as ``_Array``, fields of a named tuple by name."""
    return [_operand(context, builder, *typed) for typed in zip(signature.args, arguments, strict=True)]


def _operand(context, builder, numba_type, argument):
    """Return one argument as what it is to the instructions; integers stay what they are."""
    if isinstance(numba_type, types.Array):
        return _Array(context, builder, numba_type, argument)
    if isinstance(numba_type, types.NamedTuple):
        fields = (
            _operand(context, builder, field_type, builder.extract_value(argument, at))
            for at, field_type in enumerate(numba_type)
        )
        return numba_type.instance_class(*fields)
    return argument


def _lanes_as_bits(builder, answers):
    narrow = builder.bitcast(answers, ir.IntType(LANES))
    return narrow if narrow.type == _INDEX else builder.zext(narrow, _INDEX)


def _any(builder, answers):
    return builder.icmp_unsigned("!=", _lanes_as_bits(builder, answers), ir.Constant(_INDEX, 0))


def _bits_as_lanes(builder, bits):
    narrow = bits if LANES == 64 else builder.trunc(bits, ir.IntType(LANES))
    return builder.bitcast(narrow, ir.VectorType(ir.IntType(1), LANES))


@intrinsic
def least_sum(_typing, value, row, left, right, start, stop):
    """Set a row to the least of ``value[left[i]] + value[right[i]]`` for i from start to before stop."""
    signature = types.void(value, types.int64, left, right, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        values, row, lefts, rights, start, stop = _operands(context, builder, signature, arguments)
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.branch(loop)

        # In the loop: the sum of one alternative; there is at least one.
        builder.position_at_end(loop)
        way, best = builder.phi(_INDEX), builder.phi(values.vector)
        one = values.load(values.row(lefts.index(way)))
        other = values.load(values.row(rights.index(way)))
        total = builder.fadd(one, other)
        better = builder.select(builder.fcmp_ordered("<", total, best), total, best)
        following = builder.add(way, ir.Constant(_INDEX, 1))

        # Each variable has its first value from before, and then that of the last round.
        for phi, first, repeated in (
            (way, start, following),
            (best, values.filled(float("inf")), better),
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(repeated, loop)
        builder.cbranch(builder.icmp_signed("<", following, stop), loop, after)

        # After it: what is left in registers goes to memory.
        builder.position_at_end(after)
        values.store(better, values.row(row))
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def least_sum_kept(_typing, rows, row, kept, left, right, start, stop):
    """Do as ``least_sum`` on ``rows.value``; keep the second least sum and the alternative of the least.

    They go to row ``kept`` of ``rows.second`` and ``rows.choice``.
    """
    signature = types.void(rows, types.int64, types.int64, left, right, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        tables, row, kept, lefts, rights, start, stop = _operands(context, builder, signature, arguments)
        values, seconds, choices = tables.value, tables.second, tables.choice
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.branch(loop)

        # In the loop: the sum of one alternative; there is at least one.
        builder.position_at_end(loop)
        way = builder.phi(_INDEX)
        best, runner_up, chosen = (builder.phi(kind.vector) for kind in (values, seconds, choices))
        one = values.load(values.row(lefts.index(way)))
        other = values.load(values.row(rights.index(way)))
        total = builder.fadd(one, other)
        less = builder.fcmp_ordered("<", total, best)
        worse = builder.select(less, best, total)
        following = builder.add(way, ir.Constant(_INDEX, 1))
        infinite = values.filled(float("inf"))
        new_best = builder.select(less, total, best)
        new_runner_up = builder.select(builder.fcmp_ordered("<", worse, runner_up), worse, runner_up)
        new_chosen = builder.select(less, choices.repeated(way), chosen)

        # Each variable has its first value from before, and then that of the last round.
        for phi, first, repeated in (
            (way, start, following),
            (best, infinite, new_best),
            (runner_up, infinite, new_runner_up),
            (chosen, choices.filled(0), new_chosen),
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(repeated, loop)
        builder.cbranch(builder.icmp_signed("<", following, stop), loop, after)

        # After it: what is left in registers goes to memory.
        builder.position_at_end(after)
        values.store(new_best, values.row(row))
        seconds.store(new_runner_up, seconds.row(kept))
        choices.store(new_chosen, choices.row(kept))
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def scale(_typing, value, row, factor):
    """Multiply a row by its factor."""
    signature = types.void(value, types.int64, factor)

    def generate(context, builder, signature, arguments):
        values, row, factors = _operands(context, builder, signature, arguments)
        offset = values.row(row)
        own, repeated = values.load(offset), factors.repeated(factors.item(row))
        values.store(builder.fmul(own, repeated), offset)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def lower_sums(_typing, value, row, label, arc, heads, start, stop, changed):
    """Lower ``value[label + heads[i]]`` to ``value[row] + value[arc + i]`` for i from start to before stop.

    ``changed`` is set for a head if that is less in any lane. ``value[row]`` counts two half digits less, so
    that the sum, however it is rounded, is not above the true one; but no sum is less than ``value[row]``.
    """
    signature = types.void(
        value, types.int64, types.int64, types.int64, heads, types.int64, types.int64, changed
    )

    def generate(context, builder, signature, arguments):
        operands = _operands(context, builder, signature, arguments)
        values, row, first_label, first_arc, places, start, stop, flags = operands
        own = values.load(values.row(row))
        two_halves_less = values.filled(1 - float(np.finfo(str(value.dtype)).eps))
        cut = builder.fmul(own, two_halves_less)
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.cbranch(builder.icmp_signed("<", start, stop), loop, after)

        # In the loop: the sum of one arc, which is not less than the label that it comes from.
        builder.position_at_end(loop)
        at = builder.phi(_INDEX)
        head = places.index(at)
        offset = values.row(builder.add(first_label, head))
        total = builder.fadd(cut, values.load(values.row(builder.add(first_arc, at))))
        total = builder.select(builder.fcmp_ordered("<", total, own), own, total)

        # The label of the head, and whether it has changed in any lane.
        before_it = values.load(offset)
        less = builder.fcmp_ordered("<", total, before_it)
        values.store(builder.select(less, total, before_it), offset)
        flags.set(head, builder.or_(flags.item(head), builder.zext(_any(builder, less), flags.kind)))
        following = builder.add(at, ir.Constant(_INDEX, 1))
        at.add_incoming(start, before)
        at.add_incoming(following, loop)
        builder.cbranch(builder.icmp_signed("<", following, stop), loop, after)
        builder.position_at_end(after)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def take_in(_typing, value, block, row, weight, offset):
    """Copy weights to rows of both kinds; return the bits of those above ``MAX_WEIGHT`` or not allowed."""
    signature = types.int64(value, block, types.int64, weight, types.int64)

    def generate(context, builder, signature, arguments):
        values, blocks, row, weights, offset = _operands(context, builder, signature, arguments)
        taken = weights.load(offset)
        blocks.store(taken, blocks.row(row))
        inside = builder.and_(
            builder.fcmp_ordered(">=", taken, weights.filled(0.0)),
            builder.fcmp_ordered("<=", taken, weights.filled(MAX_WEIGHT)),
        )
        absent = builder.fcmp_ordered("==", taken, weights.filled(float("inf")))
        if weights.align != values.align:
            change = builder.fptrunc if weights.align > values.align else builder.fpext
            taken = change(taken, values.vector)
        values.store(taken, values.row(row))
        return _lanes_as_bits(builder, builder.not_(builder.or_(inside, absent)))

    return signature, generate


@intrinsic
def reaches(_typing, value, left, right, bound):
    """Return the bits of the lanes in which ``left + right`` is at most a bound."""
    signature = types.int64(value, types.int64, types.int64, bound)

    def generate(context, builder, signature, arguments):
        values, left, right, bounds = _operands(context, builder, signature, arguments)
        one, other = (values.load(values.row(row)) for row in (left, right))
        most = bounds.load(ir.Constant(_INDEX, 0))
        return _lanes_as_bits(builder, builder.fcmp_ordered("<=", builder.fadd(one, other), most))

    return signature, generate


@intrinsic
def within(_typing, value, row, bound):
    """Return the bits of the lanes in which a row is at most a bound."""
    signature = types.int64(value, types.int64, bound)

    def generate(context, builder, signature, arguments):
        values, row, bounds = _operands(context, builder, signature, arguments)
        own, most = values.load(values.row(row)), bounds.load(ir.Constant(_INDEX, 0))
        return _lanes_as_bits(builder, builder.fcmp_ordered("<=", own, most))

    return signature, generate


@intrinsic
def set_bound(_typing, value, row, share, slack, bound):
    """Set a bound to a row, and a share of it, and slack."""
    signature = types.void(value, types.int64, share, slack, bound)

    def generate(context, builder, signature, arguments):
        values, row, shares, slacks, bounds = _operands(context, builder, signature, arguments)
        start = ir.Constant(_INDEX, 0)
        own, repeated = values.load(values.row(row)), shares.repeated(shares.item(row))
        more = builder.fadd(builder.fmul(own, repeated), slacks.load(start))
        bounds.store(builder.fadd(own, more), start)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def chose(_typing, choice, kept, way):
    """Return the bits of the lanes that chose an alternative."""
    signature = types.int64(choice, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        choices, kept, way = _operands(context, builder, signature, arguments)
        own = choices.load(choices.row(kept))
        return _lanes_as_bits(builder, builder.icmp_signed("==", own, choices.repeated(way)))

    return signature, generate


@intrinsic
def add_weight(_typing, total, weight, row, bits):
    """Add weights to totals in the lanes of bits."""
    signature = types.void(total, weight, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        totals, weights, row, bits = _operands(context, builder, signature, arguments)
        start = ir.Constant(_INDEX, 0)
        added, before = weights.load(weights.row(row)), totals.load(start)
        if weights.align != totals.align:
            added = builder.fpext(added, totals.vector)
        after = builder.fadd(before, added)
        totals.store(builder.select(_bits_as_lanes(builder, bits), after, before), start)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def add_hash(_typing, total, number, bits):
    """Add one integer to totals in the lanes of bits, modulo 2^64."""
    signature = types.void(total, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        totals, number, bits = _operands(context, builder, signature, arguments)
        start = ir.Constant(_INDEX, 0)
        before = totals.load(start)
        after = builder.add(before, totals.repeated(number))
        totals.store(builder.select(_bits_as_lanes(builder, bits), after, before), start)
        return context.get_dummy_value()

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
