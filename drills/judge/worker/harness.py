# What runs inside the Python process of a submission: reads inputs from descriptor 3, calls the
# submission, answers. Everything in this process belongs to the submission, this text too: the
# judge believes nothing but the value of an answer, and compares that itself.
import gc
import os
import struct
import sys
from time import thread_time_ns

CHANNEL, JOB = 3, 4
HELLO, RUN, LOADED, ANSWER = 1, 2, 65, 66
ANSWERED, ERROR, MEMORY, OUTPUT, UNREADABLE, NO_ENTRY = range(6)
DEEPEST = 60
TRACE_MEMORY = 2
mark = b""  # what lacks it on the channel, the judge skips
unpack_u32 = struct.Struct("<I").unpack_from
unpack_u64 = struct.Struct("<Q").unpack_from
unpack_i64 = struct.Struct("<q").unpack_from
unpack_f64 = struct.Struct("<d").unpack_from
pack_u32 = struct.Struct("<I").pack
LEAST, MOST = -(1 << 63), (1 << 63) - 1
pack_tagged_i64 = struct.Struct("<Bq").pack
pack_f64 = struct.Struct("<d").pack


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def u8(self):
        self.at += 1
        return self.data[self.at - 1]

    def u32(self):
        self.at += 4
        return unpack_u32(self.data, self.at - 4)[0]

    def u64(self):
        self.at += 8
        return unpack_u64(self.data, self.at - 8)[0]

    def raw(self):
        size = self.u32()
        self.at += size
        return self.data[self.at - size:self.at]

    def text(self):
        return self.raw().decode("utf-8", "surrogateescape")

    # A value of the wire as the signature's type looks in Python.
    def value(self, kind):
        tag = self.u8()
        if tag == 73:  # I
            self.at += 8
            number = unpack_i64(self.data, self.at - 8)[0]
            return float(number) if kind == "f" else number
        if tag == 68:  # D
            self.at += 8
            return unpack_f64(self.data, self.at - 8)[0]
        if tag == 83:  # S
            return self.text()
        if tag == 84 or tag == 70:  # T, F
            return tag == 84
        if tag == 78:  # N
            return None
        size, pairs = self.u32(), self.u32()
        while kind[0] == "o":
            kind = kind[1]
        if kind[0] == "t":
            return tuple([self.value(part) for part in kind[1]])
        if kind[0] == "l":
            part = kind[1]
            return [self.value(part) for _ in range(size)]
        made = {}
        for place in range(size):  # keys 1…n of a map
            made[place + 1] = self.value(kind[2])
        for _ in range(pairs):
            key = self.value(kind[1])
            made[key] = self.value(kind[2])
        return made

    def values(self, kinds):
        return [self.value(kinds[i]) for i in range(self.u32())]


class Unreadable(Exception):
    pass


class TooLarge(Exception):
    pass


# Exact types and what derives from them, read with the base type's own operations: an answer's
# methods decide nothing.
def encode(value, out, limit, depth=0):
    kind = type(value)  # which an object cannot lie about, as it can about its __class__
    if value is None:
        out += b"N"
    elif value is True or value is False:
        out += b"T" if value else b"F"
    elif kind is int or issubclass(kind, int):
        number = value if kind is int else int.__index__(value)
        if not LEAST <= number <= MOST:
            raise Unreadable("an integer beyond 64 bits")
        out += pack_tagged_i64(73, number)  # I
    elif issubclass(kind, float):
        out += b"D"
        out += pack_f64(float.__float__(value))
    elif issubclass(kind, str):
        data = str.encode(value, "utf-8", "surrogateescape")
        out += b"S"
        out += pack_u32(len(data))
        out += data
    elif issubclass(kind, (list, tuple)):
        if depth >= DEEPEST:
            raise Unreadable("nested more than %d deep, or holding itself" % DEEPEST)
        base = list if issubclass(kind, list) else tuple
        out += b"M"
        out += pack_u32(base.__len__(value))
        out += pack_u32(0)
        for element in base.__iter__(value):
            if type(element) is int and LEAST <= element <= MOST:  # most of what is answered
                out += pack_tagged_i64(73, element)
                if len(out) > limit:
                    raise TooLarge()
            else:
                encode(element, out, limit, depth + 1)
    elif issubclass(kind, dict):
        if depth >= DEEPEST:
            raise Unreadable("nested more than %d deep, or holding itself" % DEEPEST)
        out += b"M"
        out += pack_u32(0)
        out += pack_u32(dict.__len__(value))
        for key, element in dict.items(value):
            encode(key, out, limit, depth + 1)
            encode(element, out, limit, depth + 1)
    else:
        raise Unreadable("a value of type %s; return numbers, strings, lists, tuples or dicts"
                         % type(value).__name__)
    if len(out) > limit:
        raise TooLarge()


def read_exactly(size):
    parts, left = [], size
    while left:
        part = os.read(CHANNEL, min(left, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def receive():
    size = unpack_u32(read_exactly(4))[0]
    frame = read_exactly(size)
    return frame[0], frame[1:]


def send(kind, payload):
    data = memoryview(mark + pack_u32(len(payload) + 1) + bytes((kind,)) + payload)
    while data:
        data = data[os.write(CHANNEL, data):]


def packed(text):
    data = text.encode("utf-8", "surrogateescape")
    return pack_u32(len(data)) + data


# What the submission prints, up to a limit.
class Capture:
    encoding, errors, closed = "utf-8", "surrogateescape", False

    def __init__(self, job):
        self.job = job

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str")
        self.job.printed(str.encode(text, "utf-8", "surrogatepass"))
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        raise OSError("no file stands behind this")


class Job:
    def __init__(self):
        with os.fdopen(JOB, "rb") as file:
            hello = Reader(file.read())
        hello.raw()  # the runner
        self.name, self.source = hello.text(), hello.raw()
        self.is_class, self.entry = hello.u8() != 0, hello.text()
        hello.u64()  # memory
        self.kept, self.limit = hello.u64(), hello.u64()
        hello.u32()  # walls
        self.kinds = eval(hello.text())  # the judge's own words
        hello.raw(), hello.raw(), hello.raw()  # interpreter, programs, folders
        global mark
        mark = hello.raw()
        self.code = None
        self.most_held = 0
        self.place = ""

    def load(self):
        try:
            self.code = compile(self.source, self.name, "exec", dont_inherit=True)
            send(LOADED, b"\x01" + packed(""))
        except BaseException as error:
            send(LOADED, b"\x00" + packed(self.compile_error(error)))
            os._exit(0)

    def compile_error(self, error):
        line = getattr(error, "lineno", None)
        what = error.msg if isinstance(error, SyntaxError) else str(error)
        return "%s:%s: %s" % (self.name, line, what) if line else "%s: %s" % (self.name, what)

    def printed(self, data):
        self.output_bytes += len(data)
        if len(self.output) < self.kept:
            self.output += data[:self.kept - len(self.output)]
        if self.output_bytes > self.limit:
            self.answer(OUTPUT, self.place + "more was printed than is allowed")
            os._exit(0)

    def answer(self, status, message, value=b"N"):
        spent = max(0, thread_time_ns() - self.started) if self.started else 0
        numbers = struct.pack("<6Q", spent, 0, 0, 0, self.most_held, self.output_bytes)
        kept = bytes(self.output)
        send(ANSWER, bytes((status,)) + numbers + pack_u32(len(kept)) + kept + packed(message)
             + bytes(value))

    # "submission.py:12: ValueError: …", the innermost line of the submission's own.
    def told(self, error):
        line, trace = None, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self.name:
                line = trace.tb_lineno
            trace = trace.tb_next
        try:
            words = str(error)
        except BaseException:
            words = "(its text cannot be had)"
        what = type(error).__name__ + (": " + words if words else "")
        return "%s%s%s" % (self.place, "%s:%d: " % (self.name, line) if line else "", what)

    def run(self, request):
        self.output, self.output_bytes, self.started, self.place = bytearray(), 0, 0, ""
        seed = request.u64()
        self.traced = request.u8() == TRACE_MEMORY
        request.u64(), request.u64()
        reply_limit = request.u64()
        arguments = request.values(self.kinds[""])
        calls = []
        for _ in range(request.u32()):
            name = request.text()
            returns = request.u8() != 0
            calls.append((name, returns, request.values(self.kinds[name])))
        if b"random" in self.source:
            import random
            random.seed(seed)
        out = bytearray()
        sys.stdout = sys.stderr = Capture(self)
        gc.collect()
        self.most_held = 0
        if self.traced:
            import tracemalloc
            self.memory = tracemalloc
            tracemalloc.start()
        space = {"__name__": "submission", "__builtins__": __builtins__}
        self.started = thread_time_ns()
        try:
            exec(self.code, space)
            entry = space.get(self.entry)
            if not callable(entry) or self.is_class and not isinstance(entry, type):
                what = "class" if self.is_class else "function"
                return self.answer(NO_ENTRY, "the file leaves no global %s `%s`; is it named "
                                             "otherwise?" % (what, self.entry))
            if self.is_class:
                self.call_class(entry, arguments, calls, out, reply_limit)
            else:
                result = entry(*arguments)
                self.note_memory(out)
                encode(result, out, reply_limit)
        except Unreadable as error:
            return self.answer(UNREADABLE, self.place + str(error))
        except TooLarge:
            return self.answer(OUTPUT, "%sthe answer is larger than %d MB"
                               % (self.place, reply_limit >> 20))
        except MemoryError:
            return self.answer(MEMORY, self.place + "out of memory")
        except BaseException as error:
            return self.answer(ERROR, self.told(error))
        finally:
            if self.traced:
                self.memory.stop()
        self.place = ""
        self.answer(ANSWERED, "", out)

    # The most that was held since the last note, without the answer's own bytes.
    def note_memory(self, out):
        if self.traced:
            held = self.memory.get_traced_memory()[1] - sys.getsizeof(out)
            self.most_held = max(self.most_held, held)
            self.memory.reset_peak()

    def call_class(self, entry, arguments, calls, out, reply_limit):
        made = entry(*arguments)
        out += b"M" + pack_u32(len(calls)) + pack_u32(0)
        for number, (name, returns, values) in enumerate(calls, 1):
            self.place = "call %d (%s): " % (number, name)
            method = getattr(made, name, None)
            if method is None:
                raise AttributeError("`%s` has no method of this name" % self.entry)
            result = method(*values)
            self.note_memory(out)
            if returns:
                encode(result, out, reply_limit)
            else:
                out += b"N"


def main():
    sys.path[:] = [path for path in sys.path if path]
    job = Job()
    job.load()
    while True:
        kind, payload = receive()
        if kind != RUN:
            os._exit(2)
        job.run(Reader(payload))


main()
