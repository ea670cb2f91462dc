// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/sweep_form.hpp"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

#include "app/gui/page.hpp"
#include "app/gui/style.hpp"

namespace rehearse::gui {
namespace {

constexpr int kOneKnobValues = 9, kTwoKnobValues = 5;

}  // namespace

SweepForm::SweepForm(QWidget* parent) : QWidget(parent) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(4);
  int column = 0;
  for (const auto& [choice, name] :
       {std::pair{&m_first, tr("Knob")}, std::pair{&m_second, tr("Second knob")}}) {
    *choice = makeChoice(name);
    grid->addWidget(captionOf(name, choice->knob, this), 0, column);
    grid->addWidget(choice->knob, 1, column);
    grid->addWidget(captionOf(tr("Its values"), choice->grid, this), 0, column + 1);
    grid->addWidget(choice->grid, 1, column + 1);
    grid->setColumnStretch(column, 1);
    grid->setColumnStretch(column + 1, 1);
    column += 2;
  }
  setFocusProxy(m_first.knob);
}

SweepForm::Choice SweepForm::makeChoice(const QString& name) {
  Choice choice{new QComboBox(this), new QLineEdit(this), {}};
  scrollPast(*choice.knob);
  choice.knob->setAccessibleName(name);
  choice.grid->setAccessibleName(tr("Values of the %1").arg(name.toLower()));
  choice.grid->setPlaceholderText(tr("low:high:lin9, low:high:log9, or a,b,c"));
  choice.grid->setToolTip(
      tr("0:10:lin5: five values from 0 to 10, equally far apart\n"
         "0.01:1:log3: three, each as many times the one before\n"
         "0.01,0.03,0.1: these. A share is written as such: 0.03 is 3%"));
  connect(choice.knob, &QComboBox::activated, this, [this] {
    fillGrid(m_first);
    fillGrid(m_second);
  });
  return choice;
}

bool SweepForm::setKnobs(const QString& design, const std::vector<plan::Knob>& knobs) {
  QString shape = design;
  for (const plan::Knob& knob : knobs)
    shape +=
        QString::fromStdString("\n" + knob.name + "=" + trace::usual_grid(knob, kOneKnobValues));
  if (std::exchange(m_filledFor, shape) == shape) return false;
  m_knobs = knobs;
  m_first.knob->clear();
  m_second.knob->clear();
  m_second.knob->addItem(tr("none"));
  for (const plan::Knob& knob : m_knobs) {
    m_first.knob->addItem(QString::fromStdString(knob.name));
    m_second.knob->addItem(QString::fromStdString(knob.name));
  }
  for (Choice* choice : {&m_first, &m_second}) {
    choice->offered = {};
    choice->grid->clear();
    fillGrid(*choice);
  }
  return true;
}

// Two knobs make many runs, so each is offered fewer values.
void SweepForm::fillGrid(Choice& choice) {
  const QString name = choice.knob->currentText();
  if (choice.offered.first == name && choice.offered.second != choice.grid->text()) return;
  const int values = m_second.knob->currentIndex() > 0 ? kTwoKnobValues : kOneKnobValues;
  choice.grid->setEnabled(&choice == &m_first || choice.knob->currentIndex() > 0);
  choice.grid->clear();
  for (const plan::Knob& knob : m_knobs)
    if (knob.name == name.toStdString() && choice.grid->isEnabled())
      choice.grid->setText(QString::fromStdString(trace::usual_grid(knob, values)));
  choice.offered = {name, choice.grid->text()};
}

QList<present::DesignSweep::Axis> SweepForm::axes() const {
  QList<present::DesignSweep::Axis> axes;
  if (m_knobs.empty()) return axes;
  axes.append({m_first.knob->currentText(), m_first.grid->text()});
  if (m_second.knob->currentIndex() > 0)
    axes.append({m_second.knob->currentText(), m_second.grid->text()});
  return axes;
}

}  // namespace rehearse::gui
