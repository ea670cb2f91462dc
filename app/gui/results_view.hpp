// SPDX-License-Identifier: GPL-3.0-or-later
//
// ResultsView: what the judge said. A verdict in words and what it means, the first failure with
// input, expected and got side by side, every case, and the growth that was measured beside the
// growth that is asked for.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "drills/judge/report.hpp"
#include "engine/base/document.hpp"

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class ResultsView : public QWidget {
  Q_OBJECT

 public:
  explicit ResultsView(QWidget* parent = nullptr);
  void setTheme(const plots::Theme& theme);
  void clear(const QString& sentence);
  void show(const judge::SubmissionReport& report, const judge::Drill& drill, bool examplesOnly);

 private:
  QWidget* banner(const judge::SubmissionReport& report, const judge::Drill& drill,
                  bool examplesOnly);
  QWidget* failure(const judge::FirstFailure& failure);
  QWidget* cases(const judge::SubmissionReport& report);
  QWidget* growth(const judge::SubmissionReport& report);
  void rebuild();

  const plots::Theme* m_theme = nullptr;
  QScrollArea* m_scroll;
  QString m_sentence;
  std::optional<judge::SubmissionReport> m_report;
  std::optional<judge::Drill> m_drill;
  bool m_examplesOnly = false;
};

// The figure of a growth fit: measured cost by size beside the claimed class.
Figure growthFigure(const judge::GrowthFit& fit, bool memory);

}  // namespace rehearse::gui
