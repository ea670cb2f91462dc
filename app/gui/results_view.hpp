// SPDX-License-Identifier: GPL-3.0-or-later
//
// ResultsView: what the judge said. A verdict in words and what it means, the first failure (or the
// own input) with input, expected and got side by side, every case, and the growth that was
// measured beside the growth that is asked for. What a compiler has against a text stands as it
// said it.
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
  // Something that is no report: a headline and, in a code's face where it is bad, its details.
  void say(bool good, const QString& headline, const QString& details);

  // What was judged.
  enum class Kind { submission, examples, ownInput, stress };
  // `note` is a sentence on how it came to this report, or "".
  void show(const judge::SubmissionReport& report, const judge::Drill& drill, Kind kind,
            const QString& note = {});

 private:
  QWidget* saying();
  QWidget* banner(const judge::SubmissionReport& report, const judge::Drill& drill);
  QString headline(const judge::SubmissionReport& report) const;
  QString failureTitle(const judge::FirstFailure& failure) const;
  QWidget* failure(const judge::FirstFailure& failure);
  QWidget* cases(const judge::SubmissionReport& report);
  QWidget* growth(const judge::SubmissionReport& report);
  void rebuild();

  const plots::Theme* m_theme = nullptr;
  QScrollArea* m_scroll;
  QString m_sentence, m_headline, m_note;
  bool m_good = true;
  std::optional<judge::SubmissionReport> m_report;
  std::optional<judge::Drill> m_drill;
  Kind m_kind = Kind::submission;
};

// The figure of a growth fit: measured cost by size beside the claimed class.
Figure growthFigure(const judge::GrowthFit& fit, bool memory);

}  // namespace rehearse::gui
