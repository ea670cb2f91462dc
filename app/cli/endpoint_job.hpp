// SPDX-License-Identifier: GPL-3.0-or-later
//
// Questions for a language model behind an endpoint, from the command line's side. `rehearse` opens
// no connection: it starts `rehearse-endpoint`, and that only where --endpoint was given.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::cli {

struct EndpointJob {
  std::string endpoint, model, instructions;
  int timeout_s = 30;  // of one question
  std::vector<std::string> questions;
};

// In order of the questions. Errors: those of the endpoint (app/endpoint/chat.hpp); the helper is
// not installed beside rehearse; cancelled by Ctrl+C, which it hears as well.
Result<std::vector<std::string>> ask_endpoint(const EndpointJob& job);

}  // namespace rehearse::cli
