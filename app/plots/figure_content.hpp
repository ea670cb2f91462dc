// SPDX-License-Identifier: GPL-3.0-or-later
//
// FigureContent: what draws one kind of view, and the registry of kinds. One file a kind: it
// registers its name and a factory. A kind knows the columns of its data
// (engine/base/view_data.hpp) and nothing of the design that made them.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>

#include "app/plots/theme.hpp"
#include "engine/base/document.hpp"

class QCustomPlot;

namespace rehearse::plots {

class FigureContent : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;
  // Draws `figure`; the axes keep their zoom when only the data has changed. May be called often.
  virtual void setFigure(const Figure& figure, const Theme& theme) = 0;
  // Null for kinds that are not plots (numbers, tables).
  virtual QCustomPlot* plot() const { return nullptr; }
  virtual void resetZoom() {}
  // Whether less, or more, is shown than what was set.
  bool zoomed() const { return m_zoomed; }
  // The least height, in pixels, at which what was set can be read; 0: any.
  virtual int heightWanted() const { return 0; }

 signals:
  void zoomChanged();

 protected:
  void setZoomed(bool zoomed);
  // Of a plot that this is installed on: a wheel scrolls the page that it stands in, and zooms only
  // with Ctrl.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool m_zoomed = false;
};

using ContentFactory = std::function<FigureContent*(QWidget* parent)>;

struct FigureKindRegistration {
  FigureKindRegistration(const char* kind, ContentFactory factory);
};

// An unknown kind is drawn as a table.
FigureContent* makeContent(const std::string& kind, QWidget* parent);
bool isPlotKind(const std::string& kind);

}  // namespace rehearse::plots
