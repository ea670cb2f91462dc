// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_content.hpp"

#include <QWheelEvent>
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

void FigureContent::setZoomed(bool zoomed) {
  if (std::exchange(m_zoomed, zoomed) != zoomed) emit zoomChanged();
}

bool FigureContent::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::Wheel ||
      static_cast<QWheelEvent*>(event)->modifiers().testFlag(Qt::ControlModifier))
    return QWidget::eventFilter(watched, event);
  event->ignore();
  return true;
}

FigureContent* makeContent(const std::string& kind, QWidget* parent) {
  const auto found = factories().find(kind);
  return (found == factories().end() ? factories().at("table") : found->second)(parent);
}

bool isPlotKind(const std::string& kind) {
  return kind != "table" && kind != "number" && factories().count(kind) > 0;
}

}  // namespace rehearse::plots
