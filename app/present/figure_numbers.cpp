// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/figure_numbers.hpp"

namespace rehearse::present {

std::vector<NamedNumber> numbersIn(const Figure& figure) {
  std::vector<NamedNumber> numbers;
  const Column *name = figure.data.find("name"), *value = figure.data.find("value"),
               *unit = figure.data.find("unit");
  if (figure.kind != "number" || !name || !value || !value->numeric()) return numbers;
  for (std::size_t row = 0; row < figure.data.rows(); ++row) {
    const std::string in = unit ? unit->cell(row) : "";
    numbers.push_back({name->cell(row) + (in.empty() ? "" : " (" + in + ")"),
                       value->number(row) * (in == "%" ? 100 : 1)});
  }
  return numbers;
}

}  // namespace rehearse::present
