// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/error.hpp"

namespace rehearse {

const char* code_name(Code code) {
  switch (code) {
    case Code::invalid_argument: return "invalid argument";
    case Code::not_found: return "not found";
    case Code::bad_data: return "bad data";
    case Code::io: return "input/output";
    case Code::limit: return "limit";
    case Code::cancelled: return "cancelled";
    case Code::unsupported: return "unsupported";
    case Code::internal: return "internal";
  }
  return "internal";
}

}  // namespace rehearse
