// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/pieces.hpp"

#include <fmt/format.h>

#include "engine/base/view_data.hpp"

namespace rehearse::analysis {

KeyNumbers& KeyNumbers::add(std::string name, double value, std::string why, std::string unit) {
  names_.push_back(std::move(name)), values_.push_back(value);
  why_.push_back(std::move(why)), units_.push_back(std::move(unit));
  return *this;
}

KeyNumbers& KeyNumbers::add(std::string name, const metrics::Measure& measure) {
  return add(std::move(name), measure.value, measure.why);
}

Figure KeyNumbers::figure(std::string title, std::string see) const {
  Frame::Builder builder;
  builder.add("name", names_).add("value", values_).add("unit", units_).add("why", why_);
  return Figure{"number",
                std::move(title),
                "",
                "",
                std::move(see),
                Json::object(),
                std::move(builder).build().value_or(Frame())};
}

Frame reliability_rows(const std::string& series, const std::vector<metrics::Bin>& bins) {
  std::vector<double> x, y, low, high, count, lower, upper;
  for (const metrics::Bin& bin : bins) {
    x.push_back(bin.mean_score), y.push_back(bin.mean_label);
    low.push_back(bin.low), high.push_back(bin.high);
    count.push_back(bin.weight), lower.push_back(bin.lower), upper.push_back(bin.upper);
  }
  Frame::Builder builder;
  builder.add("series", std::vector<std::string>(x.size(), series))
      .add("style", std::vector<std::string>(x.size(), view_data::kSeries))
      .add("x", std::move(x))
      .add("y", std::move(y))
      .add("low", std::move(low))
      .add("high", std::move(high))
      .add("count", std::move(count))
      .add("lower", std::move(lower))
      .add("upper", std::move(upper));
  return std::move(builder).build().value_or(Frame());
}

std::string shown(const metrics::Measure& measure) {
  return measure.defined() ? fmt::format("{:.6g}", measure.value) : "undefined: " + measure.why;
}

void append_list(Document& document, const std::string& heading,
                 const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  document.blocks.push_back(Heading{2, heading});
  std::string list;
  for (const std::string& sentence : sentences) list += "- " + sentence + "\n";
  document.blocks.push_back(Prose{list});
}

Result<std::vector<double>> numbers_of(const Frame& frame, const std::string& name) {
  auto column = frame.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; it must be numbers", name);
  for (std::size_t row = 0; row < (*column)->size(); ++row)
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty; fill it or leave the row out",
                  row + 1, name);
  return (*column)->numbers();
}

Result<std::vector<double>> labels_of(const Frame& frame, const std::string& name) {
  auto labels = numbers_of(frame, name);
  if (!labels) return labels;
  for (std::size_t row = 0; row < labels->size(); ++row)
    if ((*labels)[row] != 0 && (*labels)[row] != 1)
      return fail(Code::bad_data, "row {}: the label `{}` is {:g}; labels are 0 or 1", row + 1,
                  name, (*labels)[row]);
  return labels;
}

}  // namespace rehearse::analysis
