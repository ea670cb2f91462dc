// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/figure.hpp"

#include "engine/base/view_data.hpp"

namespace rehearse::plan {
namespace {

// Rows of style `note` leave the data; their sentences follow what the author says of the figure.
void move_notes(Figure& figure) {
  const Column *style = figure.data.find("style"), *label = figure.data.find("label");
  if (!style || !label || style->type() != Type::dictionary) return;
  std::vector<std::uint32_t> drawn;
  std::string notes;
  for (std::size_t row = 0; row < figure.data.rows(); ++row) {
    if (style->text(row) == view_data::kNote)
      notes += (notes.empty() ? "" : " ") + label->cell(row);
    else
      drawn.push_back(static_cast<std::uint32_t>(row));
  }
  if (notes.empty()) return;
  figure.data = figure.data.take(drawn);
  figure.see += (figure.see.empty() ? "" : ". ") + notes;
}

}  // namespace

Json to_json(const Value& value) {
  return std::visit(
      [](const auto& v) -> Json {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate> ||
                      std::is_same_v<T, std::shared_ptr<const SubPlan>>) {
          return nullptr;
        } else if constexpr (std::is_same_v<T, double>) {
          return number_or_null(v);
        } else {
          return v;
        }
      },
      value);
}

Figure figure_of(const View& view, const Run& run) {
  Figure figure{view.kind, view.title, view.x_title, view.y_title, view.see, Json::object(), {}};
  for (const auto& [name, value] : view.options) figure.options[name] = to_json(value);
  if (const ArtifactPtr artifact = run.at(view.data)) {
    figure.data = artifact->as_frame();
    move_notes(figure);
  } else {
    figure.kind = "table";
  }
  return figure;
}

}  // namespace rehearse::plan
