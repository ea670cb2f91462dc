// SPDX-License-Identifier: GPL-3.0-or-later
//
// Result and Error: how every room says that something could not be done.
//
// A function that can fail on its input returns Result<T>. The error's message is one
// sentence or two: what happened, where, and how to mend it; it is shown to users as it
// stands. Broken invariants of our own are asserts, never errors.
//
//   Result<Frame> read_csv(const std::string& path);
//   if (auto frame = read_csv(path); !frame) return tl::unexpected(frame.error());
//
// Names of this room live in `rehearse` itself, since every other room uses them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace rehearse {

enum class Code {
  invalid_argument,  // a parameter, flag or call is wrong
  not_found,         // no such file, id, column, step
  bad_data,          // the input's content is wrong (row, line, encoding)
  io,                // the machine refused: permission, full disk
  limit,             // too long, too large, too much memory
  cancelled,         // a stop was asked for
  unsupported,       // known, and not available on this machine
  internal,          // a fault of ours
};

struct Error {
  Code code = Code::internal;
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

// `return fail(Code::bad_data, "line {}: …", line);`
template <class... Args>
tl::unexpected<Error> fail(Code code, fmt::format_string<Args...> format, Args&&... args) {
  return tl::unexpected<Error>(Error{code, fmt::format(format, std::forward<Args>(args)...)});
}

inline tl::unexpected<Error> fail(const Error& error) { return tl::unexpected<Error>(error); }

// The same error with its place in front: `path: message`.
template <class T>
Result<T> at(std::string_view place, Result<T> result) {
  if (result) return result;
  return tl::unexpected<Error>(
      Error{result.error().code, fmt::format("{}: {}", place, result.error().message)});
}

const char* code_name(Code code);

}  // namespace rehearse
