// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_content.hpp"

#include <map>

namespace rehearse::plots {
namespace {

std::map<std::string, ContentFactory>& factories() {
  static std::map<std::string, ContentFactory> all;
  return all;
}

}  // namespace

FigureKindRegistration::FigureKindRegistration(const char* kind, ContentFactory factory) {
  factories().emplace(kind, std::move(factory));
}

FigureContent* makeContent(const std::string& kind, QWidget* parent) {
  const auto found = factories().find(kind);
  return (found == factories().end() ? factories().at("table") : found->second)(parent);
}

bool isPlotKind(const std::string& kind) {
  return kind != "table" && kind != "number" && factories().count(kind) > 0;
}

}  // namespace rehearse::plots
