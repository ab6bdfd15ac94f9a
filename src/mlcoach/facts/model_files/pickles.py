"""A symbolic machine for pickles: it walks the opcodes and says what loading would build, import and call.

joblib writes the bytes of its arrays between the opcodes, so a walk that does not know its wrapper ends at the first
array and misses all that follows; here they are stepped over, as joblib's own loader does.
"""

from __future__ import annotations

import io
import math
import sys

from .opcodes import LONGEST_TEXT, OBJECT, OPCODES
from .reader import Budget, Source, Stopped, Unreadable
from .symbols import Array, Global, Made, Pairs, class_of

STOP = 0x2E
LONGEST_SHADOW = 1024 * 1024  # bytes of a joblib array that are also walked as a pickle
WRAPPER = Global("joblib.numpy_pickle", "NumpyArrayWrapper")


class Machine:
    """Reads one pickle from the source. `names` and `odd` tell what was seen, also after an error.

    Raises from run(): Unreadable (no pickle, cut short, broken), Stopped (a limit), IndexError (an empty stack).
    """

    source: Source

    def __init__(self, source: Source, *, joblib: bool) -> None:
        self.source = source
        self.joblib = joblib
        self.names: dict[Global, None] = {}
        self.odd: dict[str, None] = {}
        self.protocol = 0
        self.arrays = False
        self.shadowed = False
        self.opcodes = 0
        self.stack: list[object] = []
        self.marks: list[list[object]] = []
        self.memo: dict[int, object] = {}

    def run(self) -> object:
        read, budget = self.source.read, self.source.budget
        while True:
            code = read(1)[0]
            handler = OPCODES.get(code)
            if handler is None:
                if code == STOP:
                    if not self.stack:
                        raise Unreadable("a pickle of nothing")
                    return self.stack.pop()
                raise Unreadable(f"no pickle opcode at byte {self.source.position - 1}")
            self.opcodes += 1
            if self.opcodes % 1024 == 0:
                spend(budget)
            try:
                handler(self)
            except (IndexError, ValueError, TypeError, OverflowError) as error:  # an empty stack, a number too long
                raise Unreadable(f"broken pickle at byte {self.source.position}") from error

    def push(self, value: object) -> None:
        self.stack.append(value)

    def mark(self) -> None:
        self.marks.append(self.stack)
        self.stack = []

    def since_mark(self) -> list[object]:
        values = self.stack
        self.stack = self.marks.pop()
        return values

    def found(self, module: object, name: object) -> Global:
        if not isinstance(module, str) or not isinstance(name, str):
            self.odd.setdefault("a name that is only known while it loads")
            return Global("?", "?")
        found = Global(module, name)
        if found not in self.names:
            self.source.budget.keep(len(module) + len(name))
            self.names.setdefault(found)
        return found

    def call(self, maker: object, args: object) -> None:
        if not isinstance(maker, Global):
            self.odd.setdefault("a call of something that is only known while it loads")
        self.source.budget.keep(OBJECT)
        self.push(Made(maker, args))

    def build(self) -> None:
        state = self.stack.pop()
        target = self.stack[-1]
        if isinstance(target, Global):
            self.odd.setdefault(f"changes {target} itself")
        if not isinstance(target, Made):
            return
        target.state = state
        if self.joblib and class_of(target) == WRAPPER:
            self.arrays = True
            self.stack[-1] = self._raw_array(target)

    def _raw_array(self, wrapper: Made) -> Array:
        """Step over the array that joblib wrote here; small ones are kept, objects are a pickle of their own."""
        if not isinstance(wrapper.state, Pairs):
            raise Unreadable("a joblib array without a description")
        shape, dtype = wrapper.state.get("shape"), wrapper.state.get("dtype")
        dims = sizes(shape)
        kind, itemsize, objects = dtype_of(dtype)
        self._overlooked(objects)
        if objects:
            inner = Machine(self.source, joblib=False)
            inner.names, inner.odd = self.names, self.odd
            value = inner.run()
            self.opcodes += inner.opcodes
            return Array(dims, "|O", objects=_objects(value))
        if wrapper.state.get("numpy_array_alignment_bytes") is not None:
            self.source.skip(self.source.read(1)[0])
        count = itemsize * math.prod(dims)
        if count <= LONGEST_TEXT:
            return Array(dims, kind, data=self.source.read(count))
        self.source.skip(count)
        return Array(dims, kind)

    def _overlooked(self, objects: bool) -> None:
        """Walk the bytes of the first array as pickle.load would, which knows no arrays and reads on.

        joblib's own files stop it at the first byte, the length of the padding (1 to 16 is no opcode), or, in an array
        of objects, where the inner pickle recalls what in its own memo is another value; what it took for names until
        then is left out unless Python itself has such a module.
        """
        if self.shadowed:
            return
        self.shadowed = True
        start = self.source.peek(1)
        if not start or (start[0] not in OPCODES and start[0] != STOP):
            return
        data = self.source.peek(LONGEST_SHADOW)
        shadow = Machine(Source(io.BytesIO(data), len(data), self.source.budget), joblib=False)
        shadow.memo, shadow.stack = dict(self.memo), list(self.stack)
        shadow.marks = [list(values) for values in self.marks]
        try:
            shadow.run()
        except Unreadable as error:
            if str(error) == "cut short" and shadow.opcodes > 100:
                self.odd.setdefault("a joblib array that is also a pickle")
        finally:
            for name in shadow.names:
                if not objects or name.module.partition(".")[0] in sys.stdlib_module_names:
                    self.names.setdefault(name)


def spend(budget: Budget) -> None:
    budget.opcodes -= 1024
    if budget.opcodes < 0:
        raise Stopped("reading stopped: too many pickle opcodes")
    budget.tick()


def sizes(shape: object) -> tuple[int, ...]:
    """An array's shape. Raises Unreadable when it is none."""
    if not isinstance(shape, tuple) or not all(isinstance(n, int) and 0 <= n < 2**63 for n in shape) or len(shape) > 64:
        raise Unreadable("an array without a shape")
    return tuple(int(n) for n in shape)


def dtype_of(dtype: object, depth: int = 0) -> tuple[str, int, bool]:
    """A symbolic numpy.dtype as (text, bytes an element, holds Python objects). Raises Unreadable."""
    match dtype:
        case Made(maker=Global("numpy", "dtype"), args=(str(code), *_)) if depth < 8:
            pass
        case _:
            raise Unreadable("an array without a type")
    order, itemsize = "|", -1
    inner: object = None
    fields: object = None
    match dtype.state:
        case (int(), str(order), _, _, _, int(itemsize), *_):
            inner, fields = dtype.state[2], dtype.state[4]
    if code.startswith("O"):
        return "|O", 8, True
    parts: list[object] = []
    if isinstance(fields, Pairs):
        parts += [value[0] for _, value in fields.pairs if isinstance(value, tuple) and value]
    if isinstance(inner, tuple) and inner:
        parts.append(inner[0])
    objects = any(dtype_of(part, depth + 1)[2] for part in parts)
    if itemsize < 0:
        digits = code[1:].partition("[")[0]
        itemsize = int(digits) * (4 if code[0] == "U" else 1) if digits.isdecimal() and len(digits) < 10 else 1
    return f"{order}{code}", itemsize, objects


def _objects(value: object) -> list[object] | None:
    """The elements of a pickled array of objects."""
    match value:
        case Made(state=(_, _, _, _, list(elements))):
            return elements
        case _:
            return None
