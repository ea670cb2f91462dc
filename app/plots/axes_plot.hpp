// SPDX-License-Identifier: GPL-3.0-or-later
//
// AxesPlot: what all kinds with axes share. It dresses a QCustomPlot in the theme (horizontal grid
// lines only, no box, fonts of the page), draws traces by style, places the legend above the plot,
// and gives zoom (wheel), pan (drag), reset (double click) and a tooltip with the nearest point.
// Pens are 2 wide with fast polylines: antialiased wide lines are a hundred times slower.
#pragma once

#include "app/plots/axis_dress.hpp"
#include "app/plots/figure_content.hpp"
#include "app/plots/long_lines.hpp"
#include "app/plots/seen_plot.hpp"
#include "app/plots/series.hpp"

namespace rehearse::plots {

class AxesPlot : public FigureContent {
  Q_OBJECT

 public:
  explicit AxesPlot(QWidget* parent = nullptr);

  void setFigure(const Figure& figure, const Theme& theme) override;
  QCustomPlot* plot() const override { return m_plot; }
  void resetZoom() override;
  int heightWanted() const override;
  // Both show the union of what each would show.
  void shareRanges(AxesPlot& other);

 protected:
  // Reads the frame into what will be drawn; the base reads x and y.
  virtual TraceSet read(const Figure& figure) const;
  virtual void drawSeries(const Trace& trace, const Theme& theme);
  // The range of the axes when not zoomed.
  virtual void chooseRanges(const TraceSet& set, const Figure& figure);
  virtual QString tooltipFor(const Trace& trace, int point) const;
  QString seriesName(const Trace& trace) const;
  bool eventFilter(QObject* watched, QEvent* event) override;

  QCPGraph* addGraph(const QString& name, const QPen& pen);
  // The points of a line: all of them, or of a long one (long_lines.hpp) those that are seen.
  void setPoints(QCPGraph* graph, const Trace& trace);

  SeenPlot* m_plot = nullptr;
  TraceSet m_set;
  Figure m_figure;
  double m_xLow = 0, m_xHigh = 1, m_yLow = 0, m_yHigh = 1;

 private:
  void dress(const Theme& theme);
  void draw(const Trace& trace, const Theme& theme);
  void drawBand(const Trace& trace, const Theme& theme);
  void showNearest(const QPoint& position);

  LongLines m_longLines;
  int m_truths = 0;  // drawn of the figure that is set
};

}  // namespace rehearse::plots
