// SPDX-License-Identifier: GPL-3.0-or-later
//
// FigureView: one view as the reader meets it: title, content, the sentence that says what to see;
// behind every plot its data as a table (key T), and export to PNG, SVG and CSV.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "engine/base/document.hpp"

class QLabel;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace rehearse::plots {

class FigureContent;
class FrameModel;

class FigureView : public QWidget {
  Q_OBJECT

 public:
  explicit FigureView(QWidget* parent = nullptr);

  // Re-uses its content where the kind is unchanged, so that zoom and focus stay.
  void setFigure(const Figure& figure, const Theme& theme);
  const Figure& figure() const { return m_figure; }
  void setTableShown(bool shown);
  // The least height of the plot itself, in pixels; title and sentence come on top.
  void setContentHeight(int least);
  // Both plots show the union of what each shows; nothing happens to kinds without axes.
  void shareAxes(FigureView& other);
  // Puts the plot on the clipboard as a picture, or the rows of a table as text.
  void copy();
  // Marks the data as older than the knobs, while a run is under way.
  void setStale(bool stale);

  // By the ending: .png, .svg, .csv. The message says what went wrong.
  Result<void> exportTo(const QString& path) const;

 signals:
  void exported(const QString& path);
  void exportFailed(const QString& message);

 private:
  class Veil;
  void askExport(const char* ending);
  void makeTable();
  void fillTable();
  void fitHeight();

  Figure m_figure;
  FigureContent* m_content = nullptr;
  std::string m_kind;
  int m_leastHeight = 0;
  QLabel *m_title, *m_see;
  QToolButton *m_tableButton, *m_exportButton, *m_resetButton;
  QWidget* m_holder;
  QStackedLayout* m_stack;
  Veil* m_veil;
  QTableView* m_table = nullptr;
  FrameModel* m_model = nullptr;
};

}  // namespace rehearse::plots
