"""Instructions on 32 scenarios at once, for code that numba compiles.

numba's own loops over scenarios test at each start whether their arrays overlap, and keep no running
minimum in registers; on the short loops of the kernel that costs four times the work itself. These
few instructions say in LLVM's words what is meant: vectors of 32 numbers, which LLVM cuts to the registers
of the machine. An *offset* counts numbers from the start of an array, which must be contiguous; *bits* are
32 truth values in one integer.

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
_TRUTHS = ir.VectorType(ir.IntType(1), LANES)
_PLACES = ir.VectorType(ir.IntType(32), LANES)  # of a shuffle
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
        Rows with any numbers in them.

    """
    per_line = _LINE // np.dtype(kind).itemsize
    space = np.empty(count * LANES + per_line, dtype=kind)
    start = -space.ctypes.data % _LINE // space.itemsize
    return space[start : start + count * LANES].reshape(count, LANES)


class _Array:
    """An argument of an instruction: an array of numbers."""

    def __init__(self, context, builder, array_type, struct) -> None:
        self.builder = builder
        self.data = context.make_array(array_type)(context, builder, struct).data
        self.kind = _KINDS.get(array_type.dtype)
        self.vector = ir.VectorType(self.kind, LANES)
        self.align = array_type.dtype.bitwidth // 8  # what numpy promises

    def scalar(self, index):
        """Load one number."""
        return self.builder.load(self.builder.gep(self.data, [index]))

    def set(self, index, number) -> None:
        """Store one number."""
        self.builder.store(number, self.builder.gep(self.data, [index]))

    def row_number(self, index):
        """Load one number of an array of row numbers."""
        return self.builder.sext(self.scalar(index), _INDEX)

    def row(self, number):
        """Return the offset of a row of numbers."""
        return self.builder.mul(number, ir.Constant(_INDEX, LANES))

    def load(self, offset):
        """Load a number for each lane."""
        return self.builder.load(self._place(offset), align=self.align)

    def store(self, vector, offset) -> None:
        """Store a number for each lane."""
        self.builder.store(vector, self._place(offset), align=self.align)

    def load_row(self, number):
        """Load a row."""
        return self.load(self.row(number))

    def store_row(self, vector, number) -> None:
        """Store a row."""
        self.store(vector, self.row(number))

    def filled(self, number: float) -> ir.Constant:
        """Repeat one number in each lane."""
        return ir.Constant(self.vector, [number] * LANES)

    def repeated(self, number):
        """Repeat a number in each lane, a 64-bit integer cut to the kind of the array."""
        # LLVM's idiom for a broadcast: into the first lane, then a shuffle that takes lane 0 everywhere.
        vector, first = ir.Constant(self.vector, ir.Undefined), ir.Constant(ir.IntType(32), 0)
        narrow = number if self.kind == number.type else self.builder.trunc(number, self.kind)
        vector = self.builder.insert_element(vector, narrow, first)
        everywhere = ir.Constant(_PLACES, [0] * LANES)
        return self.builder.shuffle_vector(vector, vector, everywhere)

    def _place(self, offset):
        """Point to an offset as to a vector."""
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
            _operand(context, builder, field_type, builder.extract_value(argument, position))
            for position, field_type in enumerate(numba_type)
        )
        return numba_type.instance_class(*fields)
    return argument


def _lanes_as_bits(builder, holds):
    """Turn a vector of truth values into the integer of their bits."""
    narrow = builder.bitcast(holds, ir.IntType(LANES))
    return narrow if narrow.type == _INDEX else builder.zext(narrow, _INDEX)


def _any(builder, holds):
    """Say whether a truth value holds in any lane."""
    return builder.icmp_unsigned("!=", _lanes_as_bits(builder, holds), ir.Constant(_INDEX, 0))


def _bits_as_lanes(builder, bits):
    """Turn the integer of bits into a vector of truth values."""
    narrow = bits if LANES == 64 else builder.trunc(bits, ir.IntType(LANES))
    return builder.bitcast(narrow, _TRUTHS)


@intrinsic
def least_sum(_typing, distance, row, left, right, start, stop):
    """Set a row to the least of ``distance[left[i]] + distance[right[i]]``, i from start to before stop."""
    signature = types.void(distance, types.int64, left, right, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        distances, row, lefts, rights, start, stop = _operands(context, builder, signature, arguments)
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.branch(loop)

        # In the loop: the sum of one alternative; there is at least one.
        builder.position_at_end(loop)
        alternative, best = builder.phi(_INDEX), builder.phi(distances.vector)
        one = distances.load_row(lefts.row_number(alternative))
        other = distances.load_row(rights.row_number(alternative))
        total = builder.fadd(one, other)
        better = builder.select(builder.fcmp_ordered("<", total, best), total, best)
        following = builder.add(alternative, ir.Constant(_INDEX, 1))

        # Each variable has its first value from before, and then that of the last round.
        for phi, first, repeated in (
            (alternative, start, following),
            (best, distances.filled(float("inf")), better),
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(repeated, loop)
        builder.cbranch(builder.icmp_signed("<", following, stop), loop, after)

        # After it: what is left in registers goes to memory.
        builder.position_at_end(after)
        distances.store_row(better, row)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def least_sum_kept(_typing, rows, row, kept, left, right, start, stop):
    """Do as ``least_sum`` on ``rows.distance``; keep the second least sum and the alternative of the least.

    They go to row ``kept`` of ``rows.second`` and ``rows.choice``.
    """
    signature = types.void(rows, types.int64, types.int64, left, right, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        tables, row, kept, lefts, rights, start, stop = _operands(context, builder, signature, arguments)
        distances, seconds, choices = tables.distance, tables.second, tables.choice
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.branch(loop)

        # In the loop: the sum of one alternative; there is at least one.
        builder.position_at_end(loop)
        alternative = builder.phi(_INDEX)
        best, runner_up, chosen = (builder.phi(kind.vector) for kind in (distances, seconds, choices))
        one = distances.load_row(lefts.row_number(alternative))
        other = distances.load_row(rights.row_number(alternative))
        total = builder.fadd(one, other)
        less = builder.fcmp_ordered("<", total, best)
        worse = builder.select(less, best, total)
        following = builder.add(alternative, ir.Constant(_INDEX, 1))
        infinite = distances.filled(float("inf"))
        new_best = builder.select(less, total, best)
        new_runner_up = builder.select(builder.fcmp_ordered("<", worse, runner_up), worse, runner_up)
        new_chosen = builder.select(less, choices.repeated(alternative), chosen)

        # Each variable has its first value from before, and then that of the last round.
        for phi, first, repeated in (
            (alternative, start, following),
            (best, infinite, new_best),
            (runner_up, infinite, new_runner_up),
            (chosen, choices.filled(0), new_chosen),
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(repeated, loop)
        builder.cbranch(builder.icmp_signed("<", following, stop), loop, after)

        # After it: what is left in registers goes to memory.
        builder.position_at_end(after)
        distances.store_row(new_best, row)
        seconds.store_row(new_runner_up, kept)
        choices.store_row(new_chosen, kept)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def scale(_typing, distance, row, factor):
    """Multiply a row by its factor."""
    signature = types.void(distance, types.int64, factor)

    def generate(context, builder, signature, arguments):
        distances, row, factors = _operands(context, builder, signature, arguments)
        offset = distances.row(row)
        unscaled, repeated = distances.load(offset), factors.repeated(factors.scalar(row))
        distances.store(builder.fmul(unscaled, repeated), offset)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def lower_sums(_typing, distance, row, label, arc, heads, start, stop, changed):
    """Lower ``distance[label + heads[i]]`` to ``distance[row] + distance[arc + i]``, i from start to stop.

    ``stop`` itself is left out. ``changed`` is set for a head if that is less in any lane. ``distance[row]``
    counts two half digits less, so that the sum, however it is rounded, is not above the true one; but no
    sum is less than ``distance[row]``.
    """
    signature = types.void(
        distance, types.int64, types.int64, types.int64, heads, types.int64, types.int64, changed
    )

    def generate(context, builder, signature, arguments):
        operands = _operands(context, builder, signature, arguments)
        distances, row, first_label, first_arc, places, start, stop, flags = operands
        tail_label = distances.load_row(row)
        two_halves_less = distances.filled(1 - float(np.finfo(str(distance.dtype)).eps))
        cut = builder.fmul(tail_label, two_halves_less)
        before, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
        builder.cbranch(builder.icmp_signed("<", start, stop), loop, after)

        # In the loop: the sum of one arc, which is not less than the label that it comes from.
        builder.position_at_end(loop)
        arc_index = builder.phi(_INDEX)
        head = places.row_number(arc_index)
        offset = distances.row(builder.add(first_label, head))
        arc_row = builder.add(first_arc, arc_index)
        total = builder.fadd(cut, distances.load_row(arc_row))
        total = builder.select(builder.fcmp_ordered("<", total, tail_label), tail_label, total)

        # The label of the head, and whether it has changed in any lane.
        before_it = distances.load(offset)
        less = builder.fcmp_ordered("<", total, before_it)
        distances.store(builder.select(less, total, before_it), offset)
        is_less = builder.zext(_any(builder, less), flags.kind)
        flags.set(head, builder.or_(flags.scalar(head), is_less))
        following = builder.add(arc_index, ir.Constant(_INDEX, 1))
        arc_index.add_incoming(start, before)
        arc_index.add_incoming(following, loop)
        builder.cbranch(builder.icmp_signed("<", following, stop), loop, after)
        builder.position_at_end(after)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def take_in(_typing, distance, block, row, weight, offset):
    """Copy weights to rows of both kinds; return the bits of those above ``MAX_WEIGHT`` or not allowed."""
    signature = types.int64(distance, block, types.int64, weight, types.int64)

    def generate(context, builder, signature, arguments):
        distances, blocks, row, weights, offset = _operands(context, builder, signature, arguments)
        taken = weights.load(offset)
        blocks.store_row(taken, row)
        # Ordered comparisons are false for NaN, so NaN is neither inside nor absent.
        not_negative = builder.fcmp_ordered(">=", taken, weights.filled(0.0))
        not_too_large = builder.fcmp_ordered("<=", taken, weights.filled(MAX_WEIGHT))
        inside = builder.and_(not_negative, not_too_large)
        absent = builder.fcmp_ordered("==", taken, weights.filled(float("inf")))
        # From 64 bits to 32 or back, where the distances are of the other kind than the weights.
        if weights.align != distances.align:
            change = builder.fptrunc if weights.align > distances.align else builder.fpext
            taken = change(taken, distances.vector)
        distances.store_row(taken, row)
        return _lanes_as_bits(builder, builder.not_(builder.or_(inside, absent)))

    return signature, generate


@intrinsic
def reaches(_typing, distance, left, right, bound):
    """Return the bits of the lanes in which ``left + right`` is at most a bound."""
    signature = types.int64(distance, types.int64, types.int64, bound)

    def generate(context, builder, signature, arguments):
        distances, left, right, bounds = _operands(context, builder, signature, arguments)
        one, other = (distances.load_row(row) for row in (left, right))
        total, most = builder.fadd(one, other), bounds.load(ir.Constant(_INDEX, 0))
        return _lanes_as_bits(builder, builder.fcmp_ordered("<=", total, most))

    return signature, generate


@intrinsic
def within(_typing, distance, row, bound):
    """Return the bits of the lanes in which a row is at most a bound."""
    signature = types.int64(distance, types.int64, bound)

    def generate(context, builder, signature, arguments):
        distances, row, bounds = _operands(context, builder, signature, arguments)
        least, most = distances.load_row(row), bounds.load(ir.Constant(_INDEX, 0))
        return _lanes_as_bits(builder, builder.fcmp_ordered("<=", least, most))

    return signature, generate


@intrinsic
def set_bound(_typing, distance, row, share, slack, bound):
    """Set a bound to a row, and a share of it, and slack."""
    signature = types.void(distance, types.int64, share, slack, bound)

    def generate(context, builder, signature, arguments):
        distances, row, shares, slacks, bounds = _operands(context, builder, signature, arguments)
        start = ir.Constant(_INDEX, 0)
        least, repeated = distances.load_row(row), shares.repeated(shares.scalar(row))
        more = builder.fadd(builder.fmul(least, repeated), slacks.load(start))
        bounds.store(builder.fadd(least, more), start)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def chose(_typing, choice, kept, alternative):
    """Return the bits of the lanes that chose an alternative."""
    signature = types.int64(choice, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        choices, kept, alternative = _operands(context, builder, signature, arguments)
        chosen = choices.load_row(kept)
        return _lanes_as_bits(builder, builder.icmp_signed("==", chosen, choices.repeated(alternative)))

    return signature, generate


@intrinsic
def add_weight(_typing, total, weight, row, bits):
    """Add weights to totals in the lanes of bits."""
    signature = types.void(total, weight, types.int64, types.int64)

    def generate(context, builder, signature, arguments):
        totals, weights, row, bits = _operands(context, builder, signature, arguments)
        start = ir.Constant(_INDEX, 0)
        added, before = weights.load_row(row), totals.load(start)
        # Totals are of 64 bits, whatever the weights are.
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
