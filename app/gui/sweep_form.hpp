// SPDX-License-Identifier: GPL-3.0-or-later
//
// SweepForm: one knob of a design or two, and the values that each is to take. A sensible grid is
// offered; one that was typed stays while its knob does.
#pragma once

#include <QWidget>
#include <utility>
#include <vector>

#include "app/present/design_sweep.hpp"
#include "engine/plan/plan.hpp"

class QComboBox;
class QLineEdit;

namespace rehearse::gui {

class SweepForm : public QWidget {
  Q_OBJECT

 public:
  explicit SweepForm(QWidget* parent);

  // True where they are others than before, or have other ranges (as after an edit of the script):
  // the form is filled anew then.
  bool setKnobs(const QString& design, const std::vector<plan::Knob>& knobs);
  QList<present::DesignSweep::Axis> axes() const;

 private:
  struct Choice {
    QComboBox* knob = nullptr;
    QLineEdit* grid = nullptr;
    std::pair<QString, QString> offered;  // knob, and the grid that was put there for it
  };
  Choice makeChoice(const QString& name);
  void fillGrid(Choice& choice);

  std::vector<plan::Knob> m_knobs;
  QString m_filledFor;
  Choice m_first, m_second;
};

}  // namespace rehearse::gui
