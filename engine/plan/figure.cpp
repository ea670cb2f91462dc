// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/figure.hpp"

namespace rehearse::plan {

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
  } else {
    figure.kind = "table";
  }
  return figure;
}

}  // namespace rehearse::plan
