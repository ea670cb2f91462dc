// SPDX-License-Identifier: GPL-3.0-or-later
//
// Python as a language of drills: the interpreter that this machine has, run without site packages
// and with a fixed hash seed, so that a verdict repeats.
#include <sstream>

#include "drills/judge/languages.hpp"
#include "drills/judge/machine.hpp"

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

std::string annotation(const Type& type) {
  switch (type.kind) {
    case Kind::nothing: return "None";
    case Kind::integer: return "int";
    case Kind::real: return "float";
    case Kind::boolean: return "bool";
    case Kind::string: return "str";
    case Kind::list: return "list[" + annotation(type.parts[0]) + "]";
    case Kind::optional: return annotation(type.parts[0]) + " | None";
    case Kind::map:
      return "dict[" + annotation(type.parts[0]) + ", " + annotation(type.parts[1]) + "]";
    case Kind::tuple: break;
  }
  std::string text;
  for (const Type& part : type.parts) text += (text.empty() ? "" : ", ") + annotation(part);
  return "tuple[" + text + "]";
}

std::string parameters(const Callable& callable, bool method) {
  std::string text = method ? "self" : "";
  for (const Parameter& parameter : callable.parameters)
    text += (text.empty() ? "" : ", ") + parameter.name + ": " + annotation(parameter.type);
  return "(" + text + ")";
}

std::string python_starter(const Signature& signature) {
  const Callable& head = signature.function;
  if (!signature.is_class)
    return "def " + head.name + parameters(head, false) + " -> " + annotation(head.result) +
           ":\n    ...\n";
  std::string text =
      "class " + head.name + ":\n    def __init__" + parameters(head, true) + ":\n        ...\n";
  for (const Callable& method : signature.methods)
    text += "\n    def " + method.name + parameters(method, true) + " -> " +
            annotation(method.result) + ":\n        ...\n";
  return text;
}

// A type as the harness reads it: 'i', ('l', 'i'), ('m', 's', 'i'), ('t', ('i', 'i')).
std::string kind_of(const Type& type) {
  switch (type.kind) {
    case Kind::nothing: return "'n'";
    case Kind::integer: return "'i'";
    case Kind::real: return "'f'";
    case Kind::boolean: return "'b'";
    case Kind::string: return "'s'";
    case Kind::list: return "('l', " + kind_of(type.parts[0]) + ")";
    case Kind::optional: return "('o', " + kind_of(type.parts[0]) + ")";
    case Kind::map: return "('m', " + kind_of(type.parts[0]) + ", " + kind_of(type.parts[1]) + ")";
    case Kind::tuple: break;
  }
  std::string text;
  for (const Type& part : type.parts) text += kind_of(part) + ", ";
  return "('t', (" + text + "))";
}

std::string kinds_of(const Callable& callable) {
  std::string text;
  for (const Parameter& parameter : callable.parameters) text += kind_of(parameter.type) + ", ";
  return "(" + text + ")";
}

std::string types_of(const Signature& signature) {
  std::string text = "{'': " + kinds_of(signature.function);
  for (const Callable& method : signature.methods)
    text += ", '" + method.name + "': " + kinds_of(method);
  return text + "}";
}

struct Found {
  std::string path, loader, version;
  std::vector<std::string> visible;
};

// What an interpreter says of itself: version, its own file, its loader, the folders of its library
// and of the shared objects that it has mapped.
constexpr const char* kQuestions = R"py(
import os, sys, sysconfig
for name in ("bz2", "ctypes", "decimal", "hashlib", "lzma", "random", "zlib"):
    try:
        __import__(name)
    except ImportError:
        pass
print("%d.%d.%d" % sys.version_info[:3])
print(os.path.realpath(sys.executable))
with open(os.path.realpath(sys.executable), "rb") as file:
    head = file.read(4096)
at, size, count = (int.from_bytes(head[i:j], "little") for i, j in ((32, 40), (54, 56), (56, 58)))
for entry in (head[at + k * size:at + (k + 1) * size] for k in range(count)):
    if entry[:4] == b"\x03\0\0\0":
        begin, length = (int.from_bytes(entry[i:i + 8], "little") for i in (8, 32))
        print(head[begin:begin + length].rstrip(b"\0").decode())
        break
else:
    print()
print(sysconfig.get_path("stdlib"))
print(sysconfig.get_path("platstdlib"))
for line in open("/proc/self/maps"):
    path = line.rstrip().rpartition(" ")[2]
    if path.startswith("/") and ".so" in path:
        print(os.path.dirname(path))
)py";

Found find_python() {
  for (const std::string& candidate : programs_named({"python3"})) {
    std::istringstream lines(output_of({candidate, "-I", "-S", "-c", kQuestions}));
    Found found;
    if (!std::getline(lines, found.version) || !std::getline(lines, found.path) ||
        !std::getline(lines, found.loader))
      continue;
    std::vector<std::string> folders;
    for (std::string line; std::getline(lines, line);) folders.push_back(line);
    found.visible = outermost(folders);
    if (!found.visible.empty()) return found;
  }
  return {};
}

const Found& python() {
  static const Found found = find_python();
  return found;
}

}  // namespace

Language python_language() {
  Language python_entry;
  python_entry.id = "python";
  python_entry.name = "Python 3";
  python_entry.extension = ".py";
  python_entry.comment = "#";
  python_entry.time_factor = 3;
  python_entry.memory_factor = 2;
  python_entry.types = {{"int", "int"},
                        {"float", "float"},
                        {"bool", "bool"},
                        {"string", "str"},
                        {"T[]", "list"},
                        {"T?", "the value, or None"},
                        {"map<K, V>", "dict"},
                        {"(A, B)", "tuple (a list is taken for one)"},
                        {"class C(x)", "class C with __init__(self, x)"}};
  python_entry.starter = python_starter;
  python_entry.version = [] { return python().version; };
  python_entry.runtime = [](const Signature& signature) -> Result<Runtime> {
    const Found& found = python();
    if (found.path.empty())
      return fail(Code::unsupported,
                  "Python 3 was not found on this machine; install python3, or solve the drill in "
                  "another language (rehearse languages)");
    Runtime runtime{"interpreter", found.path, {}, found.visible, types_of(signature), false};
    runtime.unnoticed_bytes = 65536;  // a slice, a few objects more
    if (!found.loader.empty()) runtime.programs.push_back(found.loader);
    return runtime;
  };
  return python_entry;
}

}  // namespace rehearse::judge
