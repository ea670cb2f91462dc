// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/signature.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

// The keywords of Lua, Python and C++ that a parameter could be tempted to use, and the names that
// each language's runner needs for itself.
constexpr auto kTaken = std::to_array<std::string_view>(
    {"and",       "as",       "assert",    "async",  "auto",     "await",    "bool",     "break",
     "case",      "catch",    "char",      "class",  "const",    "continue", "def",      "default",
     "del",       "delete",   "do",        "double", "elif",     "else",     "elseif",   "end",
     "enum",      "except",   "explicit",  "export", "extern",   "false",    "False",    "finally",
     "float",     "for",      "friend",    "from",   "function", "global",   "goto",     "if",
     "import",    "in",       "inline",    "int",    "is",       "lambda",   "local",    "long",
     "namespace", "new",      "nil",       "None",   "nonlocal", "not",      "operator", "or",
     "pass",      "private",  "protected", "public", "raise",    "register", "repeat",   "return",
     "self",      "short",    "signed",    "sizeof", "static",   "struct",   "switch",   "template",
     "then",      "this",     "throw",     "true",   "True",     "try",      "typedef",  "typename",
     "union",     "unsigned", "until",     "using",  "virtual",  "void",     "volatile", "while",
     "with",      "xor",      "yield"});

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Type> type() {
    auto result = simple_type();
    while (result) {
      skip_spaces();
      if (take("[]")) {
        if (result->kind == Kind::optional) return error("T? cannot stand inside T[]");
        result = Type{Kind::list, {std::move(*result)}};
      } else if (take("?")) {
        if (result->kind == Kind::optional) return error("T?? is not a type");
        result = Type{Kind::optional, {std::move(*result)}};
      } else {
        break;
      }
    }
    return result;
  }

  // name(parameters) [-> type]
  Result<Callable> callable(bool may_return) {
    Callable result;
    auto called = name();
    if (!called) return fail(called.error());
    result.name = *called;
    if (!take("(")) return error("expected ( after the name");
    if (!take(")")) {
      do {
        auto parameter = name();
        if (!parameter) return fail(parameter.error());
        if (!take(":")) return error("expected : and a type after the parameter's name");
        auto of = type();
        if (!of) return fail(of.error());
        for (const Parameter& other : result.parameters) {
          if (other.name == *parameter)
            return error("the parameter `" + *parameter + "` stands twice");
        }
        result.parameters.push_back({*parameter, std::move(*of)});
      } while (take(","));
      if (!take(")")) return error("expected , or )");
    }
    if (!take("->")) return result;
    if (!may_return) return error("a class has no result");
    auto of = type();
    if (!of) return fail(of.error());
    result.result = std::move(*of);
    return result;
  }

  Result<Signature> signature() {
    Signature result;
    result.is_class = take_word("class");
    auto head = callable(!result.is_class);
    if (!head) return fail(head.error());
    result.function = std::move(*head);
    if (!result.is_class) {
      if (result.function.result.kind == Kind::nothing)
        return error("a function needs a result: -> T");
      if (!at_end()) return error("text after the function");
      return result;
    }
    while (!at_end()) {
      auto next = callable(true);
      if (!next) return fail(next.error());
      if (result.method(next->name)) return error("the method `" + next->name + "` stands twice");
      result.methods.push_back(std::move(*next));
    }
    if (result.methods.empty()) return error("a class needs a method");
    return result;
  }

  bool at_end() {
    skip_spaces();
    return at_ == text_.size();
  }

  tl::unexpected<Error> error(const std::string& what) const {
    auto line =
        1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    std::string rest(text_.substr(at_, 20));
    rest = rest.substr(0, rest.find('\n'));
    return fail(Code::bad_data, "signature, line {}: {}{}", line, what,
                rest.empty() ? " at the end" : " before `" + rest + "`");
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  bool take(std::string_view token) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  static bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

  bool take_word(std::string_view word) {
    skip_spaces();
    std::string_view rest = text_.substr(at_);
    if (!rest.starts_with(word) || (rest.size() > word.size() && is_name(rest[word.size()])))
      return false;
    at_ += word.size();
    return true;
  }

  Result<std::string> name() {
    skip_spaces();
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    std::string found(text_.substr(at_, end - at_));
    if (found.empty() || std::isdigit(static_cast<unsigned char>(found[0])))
      return error("expected a name");
    if (std::find(kTaken.begin(), kTaken.end(), found) != kTaken.end()) {
      return error("`" + found + "` is a keyword in one of the languages");
    }
    at_ = end;
    return found;
  }

  Result<Type> simple_type() {
    if (++depth_ > 16) return error("types nest too deep");
    auto result = bracketed_type();
    --depth_;
    return result;
  }

  Result<Type> bracketed_type() {
    if (take_word("int")) return Type{Kind::integer, {}};
    if (take_word("float")) return Type{Kind::real, {}};
    if (take_word("bool")) return Type{Kind::boolean, {}};
    if (take_word("string")) return Type{Kind::string, {}};
    if (take_word("map")) return map_type();
    if (take("(")) return tuple_type();
    return error("expected a type (int, float, bool, string, T[], T?, map<K,V>, (A, B))");
  }

  Result<Type> map_type() {
    if (!take("<")) return error("expected < after map");
    auto key = type();
    if (!key) return key;
    if (key->kind != Kind::integer && key->kind != Kind::string && key->kind != Kind::boolean) {
      return error("a map's key is int, string or bool");
    }
    if (!take(",")) return error("expected , after the map's key");
    auto value = type();
    if (!value) return value;
    if (value->kind == Kind::optional) return error("T? cannot stand inside a map");
    if (!take(">")) return error("expected > after the map's value");
    return Type{Kind::map, {std::move(*key), std::move(*value)}};
  }

  Result<Type> tuple_type() {
    Type tuple{Kind::tuple, {}};
    do {
      auto part = type();
      if (!part) return part;
      if (part->kind == Kind::optional) return error("T? cannot stand inside a tuple");
      tuple.parts.push_back(std::move(*part));
    } while (take(","));
    if (tuple.parts.size() < 2) return error("a tuple has two parts or more");
    if (!take(")")) return error("expected , or ) in the tuple");
    return tuple;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

const Callable* Signature::method(std::string_view name) const {
  for (const Callable& candidate : methods) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

Result<Type> parse_type(std::string_view text) {
  Parser parser(text);
  auto type = parser.type();
  if (type && !parser.at_end()) return parser.error("text after the type");
  return type;
}

Result<Signature> parse_signature(std::string_view text) { return Parser(text).signature(); }

std::string to_text(const Type& type) {
  switch (type.kind) {
    case Kind::nothing: return "nothing";
    case Kind::integer: return "int";
    case Kind::real: return "float";
    case Kind::boolean: return "bool";
    case Kind::string: return "string";
    case Kind::list: return to_text(type.parts[0]) + "[]";
    case Kind::optional: return to_text(type.parts[0]) + "?";
    case Kind::map: return "map<" + to_text(type.parts[0]) + ", " + to_text(type.parts[1]) + ">";
    case Kind::tuple: break;
  }
  std::string text = "(";
  for (const Type& part : type.parts) text += (text.size() > 1 ? ", " : "") + to_text(part);
  return text + ")";
}

std::string to_text(const Callable& callable) {
  std::string text = callable.name + "(";
  for (std::size_t i = 0; i < callable.parameters.size(); ++i) {
    const Parameter& parameter = callable.parameters[i];
    text += (i ? ", " : "") + parameter.name + ": " + to_text(parameter.type);
  }
  text += ")";
  if (callable.result.kind != Kind::nothing) text += " -> " + to_text(callable.result);
  return text;
}

std::string to_text(const Signature& signature) {
  if (!signature.is_class) return to_text(signature.function);
  std::string text = "class " + to_text(signature.function);
  for (const Callable& method : signature.methods) text += "\n  " + to_text(method);
  return text;
}

}  // namespace rehearse::judge
