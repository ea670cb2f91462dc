// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ranges.hpp"

namespace rehearse {

Result<void> check_ranges(std::initializer_list<OptionRange> options, std::string_view whose) {
  for (const OptionRange& o : options)
    if (!(o.value >= o.low && o.value <= o.high))
      return fail(Code::invalid_argument, "{}{}{} is {:g}; it lies from {:g} to {:g}", whose,
                  whose.empty() ? "" : ": ", o.name, o.value, o.low, o.high);
  return {};
}

}  // namespace rehearse
