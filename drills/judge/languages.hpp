// SPDX-License-Identifier: GPL-3.0-or-later
//
// Languages: one table entry per language that a drill can be solved in. Everything that differs
// between languages on this side of the pipe stands in its entry: how types look, the starter, the
// factor on limits, how a submission is prepared. A language is added by one file like
// language_lua.cpp, one line in languages.cpp and its runner in worker/.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "drills/judge/drill.hpp"
#include "drills/judge/signature.hpp"

namespace rehearse::judge {

struct TypeLook {
  std::string type;   // in signatures: "T[]"
  std::string looks;  // in the language: "a table 1…n"
};

// What became of a submission's text.
struct Built {
  std::shared_ptr<const std::string> program;  // its bytes, or nullptr
  std::string refused;                         // what the compiler has against it
  std::string fault;                           // what the judge could not do
  bool stopped = false;                        // the watcher wanted no more of it
};

// How a build is watched from outside.
struct BuildWatch {
  std::function<void()> began = {};  // the compiler is started; not called for what was kept
  std::stop_token stop = {};
};

// How a submission is run.
struct Runtime {
  std::string runner;                      // of the worker
  std::string interpreter = {};            // the program that the worker becomes; empty: none
  std::vector<std::string> programs = {};  // what that program needs to be executed: its loader
  std::vector<std::string> visible = {};   // folders that this program may read
  std::string types = {};                  // of the parameters, as the runner reads them
  bool metered = true;                     // instructions and bytes can be counted
  double unnoticed_bytes = 4096;           // whose growth nobody would hold against a solution
  // Of a compiled language: from a file's name and text to a program.
  std::function<Built(const std::string& name, const std::string& text, const Workshop&,
                      const BuildWatch&)>
      build = {};
};

struct Language {
  std::string id;          // "lua"
  std::string name;        // "Lua 5.4"
  std::string extension;   // ".lua"
  std::string comment;     // "--"
  double time_factor = 1;  // on a drill's limits, which are for Lua
  double memory_factor = 1;
  std::vector<TypeLook> types;
  std::function<std::string(const Signature&)> starter;
  // The version found on this machine, or "" when the language cannot be used here.
  std::function<std::string()> version;
  // Errors: the language is not there on this machine.
  std::function<Result<Runtime>(const Signature&)> runtime;
};

const std::vector<Language>& languages();
// Nullptr when there is no such language.
const Language* find_language(std::string_view id);
// By a file's extension; nullptr when none fits.
const Language* language_of_path(std::string_view path);

// A file that a candidate starts from: the signature's names with empty bodies.
// Errors: unknown language (the known ones are listed).
Result<std::string> starter(const Signature& signature, std::string_view language);

}  // namespace rehearse::judge
