// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lua as a language of drills.

#include "drills/judge/languages.hpp"

namespace rehearse::judge {
namespace {

using Kind = Type::Kind;

std::string describe(const Type& type) {
  switch (type.kind) {
    case Kind::nothing: return "nothing";
    case Kind::integer: return "integer";
    case Kind::real: return "number";
    case Kind::boolean: return "boolean";
    case Kind::string: return "string";
    case Kind::list: return describe(type.parts[0]) + "[]";
    case Kind::optional: return describe(type.parts[0]) + " or nil";
    case Kind::map:
      return "table<" + describe(type.parts[0]) + ", " + describe(type.parts[1]) + ">";
    case Kind::tuple: break;
  }
  std::string text = "{";
  for (const Type& part : type.parts) text += (text.size() > 1 ? ", " : "") + describe(part);
  return text + "}";
}

std::string names(const Callable& callable) {
  std::string text;
  for (const Parameter& parameter : callable.parameters)
    text += (text.empty() ? "" : ", ") + parameter.name;
  return text;
}

std::string annotations(const Callable& callable) {
  std::string text;
  for (const Parameter& parameter : callable.parameters) {
    text += "-- " + parameter.name + ": " + describe(parameter.type) + "\n";
  }
  if (callable.result.kind != Kind::nothing)
    text += "-- returns " + describe(callable.result) + "\n";
  return text;
}

std::string lua_starter(const Signature& signature) {
  const Callable& head = signature.function;
  if (!signature.is_class) {
    return annotations(head) + "function " + head.name + "(" + names(head) + ")\n\nend\n";
  }
  const std::string& name = head.name;
  std::string text = name + " = {}\n" + name + ".__index = " + name + "\n\n" + annotations(head) +
                     "function " + name + ".new(" + names(head) +
                     ")\n  local self = setmetatable({}, " + name + ")\n\n  return self\nend\n";
  for (const Callable& method : signature.methods) {
    text += "\n" + annotations(method) + "function " + name + ":" + method.name + "(" +
            names(method) + ")\n\nend\n";
  }
  return text;
}

}  // namespace

Language lua_language() {
  Language lua;
  lua.id = "lua";
  lua.name = "Lua 5.4";
  lua.extension = ".lua";
  lua.comment = "--";
  lua.types = {{"int", "integer (a float without a fraction is taken for one)"},
               {"float", "number"},
               {"bool", "boolean"},
               {"string", "string"},
               {"T[]", "table with keys 1…n, no holes"},
               {"T?", "the value, or nil"},
               {"map<K, V>", "table"},
               {"(A, B)", "table with keys 1 and 2"},
               {"class C(x)", "table C with C.new(x); methods are called as object:method(…)"}};
  lua.starter = lua_starter;
  lua.version = [] { return std::string("5.4"); };
  lua.runtime = [](const Signature&) -> Result<Runtime> { return Runtime{"lua"}; };
  return lua;
}

}  // namespace rehearse::judge
