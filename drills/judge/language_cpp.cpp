// SPDX-License-Identifier: GPL-3.0-or-later
//
// C++ as a language of drills: g++ or clang++, whichever is found. A submission is compiled with
// native/harness.hpp before it and one line behind it that hands its function or class over, and
// linked statically with native/runtime.cpp, so that the program needs to see nothing at all.
#include <algorithm>
#include <sstream>

#include "drills/judge/build.hpp"
#include "drills/judge/machine.hpp"

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

const char kHarness[] =
#include "drills/judge/native/harness.inc"
    ;
const char kRuntime[] =
#include "drills/judge/native/runtime.inc"
    ;
constexpr const char* kHarnessFile = "drills/judge/native/harness.hpp";
constexpr const char* kGlue = "the signature";  // stands where a file's name does
constexpr const char* kCounted = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,"
                                 "--wrap=aligned_alloc,--wrap=memalign,--wrap=posix_memalign";

std::string cpp_type(const Type& type) {
  switch (type.kind) {
    case Kind::nothing: return "void";
    case Kind::integer: return "long long";
    case Kind::real: return "double";
    case Kind::boolean: return "bool";
    case Kind::string: return "std::string";
    case Kind::list: return "std::vector<" + cpp_type(type.parts[0]) + ">";
    case Kind::optional: return "std::optional<" + cpp_type(type.parts[0]) + ">";
    case Kind::map:
      return "std::map<" + cpp_type(type.parts[0]) + ", " + cpp_type(type.parts[1]) + ">";
    case Kind::tuple: break;
  }
  std::string text;
  for (const Type& part : type.parts) text += (text.empty() ? "" : ", ") + cpp_type(part);
  return "std::tuple<" + text + ">";
}

bool is_small(const Type& type) {
  return type.kind == Kind::integer || type.kind == Kind::real || type.kind == Kind::boolean;
}

std::string declaration(const Callable& callable) {
  std::string text;
  for (const Parameter& parameter : callable.parameters) {
    const std::string type = cpp_type(parameter.type);
    text += text.empty() ? "" : ", ";
    text += is_small(parameter.type) ? type + " " : "const " + type + "& ";
    text += parameter.name;
  }
  return callable.name + "(" + text + ")";
}

std::string body(const Type& result) {
  return result.kind == Kind::nothing ? " {\n" : " {\n  return {};\n";
}

void headers_of(const Type& type, std::vector<std::string>& headers) {
  const char* header = type.kind == Kind::string     ? "string"
                       : type.kind == Kind::list     ? "vector"
                       : type.kind == Kind::optional ? "optional"
                       : type.kind == Kind::map      ? "map"
                       : type.kind == Kind::tuple    ? "tuple"
                                                     : nullptr;
  if (header && std::find(headers.begin(), headers.end(), header) == headers.end())
    headers.push_back(header);
  for (const Type& part : type.parts) headers_of(part, headers);
}

void headers_of(const Callable& callable, std::vector<std::string>& headers) {
  for (const Parameter& parameter : callable.parameters) headers_of(parameter.type, headers);
  headers_of(callable.result, headers);
}

std::string cpp_starter(const Signature& signature) {
  const Callable& head = signature.function;
  std::vector<std::string> headers;
  headers_of(head, headers);
  for (const Callable& method : signature.methods) headers_of(method, headers);
  std::sort(headers.begin(), headers.end());
  std::string text;
  for (const std::string& header : headers) text += "#include <" + header + ">\n";
  if (!headers.empty()) text += "\n";
  if (!signature.is_class)
    return text + cpp_type(head.result) + " " + declaration(head) + body(head.result) + "}\n";
  text += "class " + head.name + " {\n public:\n  ";
  text += (head.parameters.size() == 1 ? "explicit " : "") + declaration(head) + " {\n  }\n";
  for (const Callable& method : signature.methods) {
    const bool nothing = method.result.kind == Kind::nothing;
    text += "\n  " + cpp_type(method.result) + " " + declaration(method) + " {\n" +
            (nothing ? "" : "    return {};\n") + "  }\n";
  }
  return text + "};\n";
}

// What stands behind the submission. Few words, since a submission may have made macros of any.
std::string glue_of(const Signature& signature) {
  const Callable& head = signature.function;
  if (!signature.is_class)
    return fmt::format("static const rehearse_harness::Function<&{}, {}> rehearse_entry_;\n",
                       head.name, head.parameters.size());
  std::string methods;
  for (const Callable& method : signature.methods)
    methods += fmt::format("  {{\"{1}\", rehearse_harness::call_method<{0}, {2}, &{0}::{1}>}},\n",
                           head.name, method.name, method.parameters.size());
  return fmt::format(
      "static constexpr rehearse_harness::Method<{0}> rehearse_methods_[] = {{\n{1}}};\n"
      "static const rehearse_harness::Class<{0}, {2}, rehearse_methods_, {3}> rehearse_entry_;\n",
      head.name, methods, head.parameters.size(), signature.methods.size());
}

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c == '\n' ? ' ' : c;
  }
  return text + "\"";
}

// Folders between the two lines in which a compiler tells where it looks for headers.
void add_header_folders(const std::string& driver, Toolchain& toolchain) {
  std::istringstream told(output_of({driver, "-x", "c++", "-E", "-v", "/dev/null"}, true));
  bool inside = false;
  for (std::string line; std::getline(told, line);) {
    if (line.starts_with("#include")) inside = true;
    if (line.starts_with("End of search list")) break;
    if (inside && line.starts_with(" ")) toolchain.folders.push_back(line.substr(1));
  }
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

void add_program(const std::string& path, Toolchain& toolchain) {
  toolchain.programs.push_back(path);
  for (const std::string& library : libraries_of(path)) {
    const std::string whole = real_path(library);
    toolchain.folders.push_back(folder_of(whole));
    if (whole.find("/ld-") == std::string::npos) continue;
    // The kernel asks for a loader by the name that stands in the program.
    toolchain.programs.push_back(library);
    toolchain.programs.push_back(whole);
  }
}

// False when something is missing that building a static program needs.
bool ask(const std::string& candidate, Toolchain& toolchain) {
  const bool clang = candidate.find("clang") != std::string::npos;
  toolchain.driver = real_path(candidate);
  toolchain.version = first_line(output_of({candidate, "--version"}));
  if (toolchain.driver.empty() || toolchain.version.empty()) return false;
  add_program(toolchain.driver, toolchain);
  for (const char* name : {"cc1plus", "collect2", "as", "ld", "liblto_plugin.so"}) {
    std::string path = first_line(output_of({candidate, std::string("-print-prog-name=") + name}));
    if (!path.starts_with('/')) {
      const auto found = programs_named({name});
      path = found.empty() ? "" : found.front();
    }
    path = real_path(path);
    if (path.empty()) continue;  // clang has no cc1plus, and may assemble itself
    if (!path.ends_with(".so")) add_program(path, toolchain);
    if (std::string_view(name) == "as" || std::string_view(name) == "ld")
      toolchain.tools.push_back(std::string(name) + " " + path);
  }
  for (const char* file : {"crt1.o", "crtbeginT.o", "libc.a", "libstdc++.a"}) {
    const std::string path =
        first_line(output_of({candidate, std::string("-print-file-name=") + file}));
    if (!path.starts_with('/')) return false;
    toolchain.folders.push_back(folder_of(path));
  }
  add_header_folders(candidate, toolchain);
  toolchain.folders = outermost(toolchain.folders);
  std::sort(toolchain.programs.begin(), toolchain.programs.end());
  toolchain.programs.erase(std::unique(toolchain.programs.begin(), toolchain.programs.end()),
                           toolchain.programs.end());
  toolchain.flags = {"-std=c++20", "-O2", "-w", "-I.", "-D_GLIBCXX_ASSERTIONS",
                     "-fno-diagnostics-color"};
  if (clang)
    toolchain.flags.insert(toolchain.flags.end(),
                           {"--driver-mode=g++", "-B.", "-fno-caret-diagnostics",
                            "-ferror-limit=5", "-Qunused-arguments"});
  else
    toolchain.flags.insert(toolchain.flags.end(),
                           {"-B./", "-fno-diagnostics-show-caret", "-fmax-errors=5"});
  return true;
}

const Toolchain& toolchain() {
  static const Toolchain found = [] {
    for (const std::string& candidate : programs_named({"g++", "clang++"})) {
      Toolchain chain;
      if (ask(candidate, chain)) return chain;
    }
    return Toolchain{};
  }();
  return found;
}

// "12.2.0" of "g++ (Debian 12.2.0-14) 12.2.0", "clang 14.0.6" of "Debian clang version 14.0.6".
std::string short_version(const std::string& line) {
  const std::size_t clang = line.find("clang version ");
  if (clang != std::string::npos)
    return "clang " + line.substr(clang + 14, line.find_first_of(" -", clang + 14) - clang - 14);
  return line.empty() ? "" : "g++ " + line.substr(line.find_last_of(' ') + 1);
}

// The compiler's words as a candidate needs them: the first error, and where it stands.
class Complaint {
 public:
  Complaint(const std::string& said, const std::string& file, const Signature& signature)
      : said_(said), file_(file), signature_(signature) {}

  std::string words() const {
    if (std::string text = undefined(); !text.empty()) return text;
    std::istringstream lines(said_);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t at = line.find("error: ");
      if (at == std::string::npos) continue;
      if (line.starts_with(file_ + ":")) return line;
      if (line.starts_with(kGlue) || line.find("harness.hpp:") != std::string::npos)
        return of_signature(line.substr(at + 7));
    }
    if (said_.find("CPU time limit") != std::string::npos ||
        said_.find("Killed") != std::string::npos)
      return "compiling took more than 10 s of processor time";
    if (said_.find("memory exhausted") != std::string::npos ||
        said_.find("out of memory") != std::string::npos)
      return "compiling needed more than 1.5 GB of memory";
    lines = std::istringstream(said_);
    for (std::string line; std::getline(lines, line);)
      if (line.find("rror: ") != std::string::npos) return line;
    return said_.substr(0, 300);
  }

 private:
  // What the linker missed.
  std::string undefined() const {
    constexpr std::string_view kMark = "undefined reference to ";
    const std::size_t at = said_.find(kMark);
    if (at == std::string::npos) return twice();
    std::string name = first_line(said_.substr(at + kMark.size()));
    std::erase_if(name, [](char c) { return c == '`' || c == '\''; });
    return fmt::format("{}: {} is declared and defined nowhere", file_, name);
  }

  // What the linker found in two places: a name of the harness's, too, may not be defined again.
  std::string twice() const {
    constexpr std::string_view kMark = "multiple definition of ";
    const std::size_t at = said_.find(kMark);
    if (at == std::string::npos) return "";
    std::string name = said_.substr(at + kMark.size());
    name = name.substr(0, name.find_first_of(";\n"));
    std::erase_if(name, [](char c) { return c == '`' || c == '\''; });
    return fmt::format("{}: {} is defined twice (by the submission, and perhaps by the harness)",
                       file_, name);
  }

  std::string of_signature(const std::string& what) const {
    const Callable& head = signature_.function;
    const std::string due = signature_.is_class
                                ? "class " + head.name
                                : cpp_type(head.result) + " " + declaration(head);
    if (what.find("was not declared") != std::string::npos ||
        what.find("undeclared identifier") != std::string::npos)
      return fmt::format("{}: there is no {} `{}`; `{}` is due", file_,
                         signature_.is_class ? "class" : "function", head.name, due);
    if (what.find("no matches converting function") != std::string::npos ||
        what.find("unresolved overloaded") != std::string::npos ||
        what.find("unable to deduce 'auto'") != std::string::npos)
      return fmt::format(
          "{}: what `{}` asks for stands there several times with other parameters (an overload, "
          "perhaps a private one); give the others names of their own",
          file_, due);
    const std::string plain = what.starts_with("static assertion failed: ") ? what.substr(25) : what;
    return fmt::format("{}: it does not fit `{}`: {}", file_, due, plain);
  }

  const std::string &said_, &file_;
  const Signature& signature_;
};

Built build_cpp(const Signature& signature, const std::string& name, const std::string& text,
                const Workshop& workshop, const BuildWatch& watch) {
  std::string unit = "#include \"drills/judge/native/harness.hpp\"\n#line 1 " + quoted(name) + "\n" + text + "\n#line 1 " +
                     quoted(kGlue) + "\n" + glue_of(signature);
  const std::vector<BuildUnit> units = {
      {kHarnessFile, kHarness, kHarnessFile, {}},
      {"runtime.cpp", kRuntime, "runtime.o", {"-c", "runtime.cpp", "-o", "runtime.o"}, true},
      {"submission.cpp",
       std::move(unit),
       "program",
       {"-static", "-s", kCounted, "submission.cpp", "runtime.o", "-o", "program"}}};
  Built built = build_program(toolchain(), units, workshop, watch);
  if (!built.refused.empty())
    built.refused = Complaint(built.refused, name, signature).words();
  return built;
}

}  // namespace

Language cpp_language() {
  Language entry;
  entry.id = "cpp";
  entry.name = "C++20";
  entry.extension = ".cpp";
  entry.comment = "//";
  entry.time_factor = 0.5;
  entry.memory_factor = 1;
  entry.types = {{"int", "long long (int and the like where the numbers fit)"},
                 {"float", "double"},
                 {"bool", "bool"},
                 {"string", "std::string (std::string_view is taken too)"},
                 {"T[]", "std::vector<T> (as a parameter std::span too)"},
                 {"T?", "std::optional<T>"},
                 {"map<K, V>", "std::map<K, V> (or std::unordered_map)"},
                 {"(A, B)", "std::tuple<A, B> (or std::pair)"},
                 {"class C(x)", "class C with a public constructor C(x)"}};
  entry.starter = cpp_starter;
  entry.version = [] { return short_version(toolchain().version); };
  entry.runtime = [](const Signature& signature) -> Result<Runtime> {
    if (toolchain().driver.empty())
      return fail(Code::unsupported,
                  "no C++ compiler was found on this machine; install g++ (or clang++ with "
                  "libstdc++), or solve the drill in another language (rehearse languages)");
    Runtime runtime;
    runtime.runner = "native";
    runtime.metered = false;
    runtime.build = [signature](const std::string& name, const std::string& text,
                                const Workshop& workshop, const BuildWatch& watch) {
      return build_cpp(signature, name, text, workshop, watch);
    };
    return runtime;
  };
  return entry;
}

}  // namespace rehearse::judge
