// SPDX-License-Identifier: GPL-3.0-or-later
//
// ProbabilityStrip: asks before a submission how sure the candidate is of it. A strip and no
// dialog: the text stays in sight, one key answers, and what is being typed elsewhere is not lost.
// Keys 1 … 7 answer while it has the focus; the page's Esc, or submitting once more, skips.
#pragma once

#include <QWidget>
#include <optional>

class QPushButton;

namespace rehearse::gui {

class ProbabilityStrip : public QWidget {
  Q_OBJECT

 public:
  explicit ProbabilityStrip(QWidget* parent = nullptr);

  // Shows itself and takes the focus.
  void ask();
  bool asks() const { return isVisible(); }
  // Answers with nothing.
  void skip();
  // Takes the question back: nothing is answered.
  void withdraw();

 signals:
  // Nothing where it was skipped.
  void answered(std::optional<double> probability);

 private:
  void answer(std::optional<double> probability);
  QList<QPushButton*> m_choices;
};

}  // namespace rehearse::gui
