// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/trail_dialog.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "app/gui/style.hpp"
#include "app/plots/figure_view.hpp"

namespace rehearse::gui {
namespace {

constexpr int kAny = 0, kEvents = 1;

}  // namespace

TrailDialog::TrailDialog(QWidget* parent)
    : QDialog(parent),
      m_session(new present::TrailSession(this)),
      m_step(new QComboBox(this)),
      m_wanted(new QComboBox(this)),
      m_row(new QSpinBox(this)),
      m_of(new QLabel(this)),
      m_sentence(label({}, "muted", this)),
      m_say(label({}, "bad", this)),
      m_before(new QPushButton(tr("Previous"), this)),
      m_next(new QPushButton(tr("Next"), this)),
      m_figure(new plots::FigureView(this)) {
  setWindowTitle(tr("Step through the arithmetic"));
  resize(960, 620);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 20);
  column->setSpacing(12);
  auto* first = new QHBoxLayout;
  first->addWidget(captionOf(tr("Step"), m_step, this));
  first->addWidget(m_step, 1);
  auto* second = new QHBoxLayout;
  second->setSpacing(8);
  for (QWidget* widget : std::initializer_list<QWidget*>{captionOf(tr("Row"), m_row, this), m_row,
                                                         m_of, m_before, m_next, m_wanted})
    second->addWidget(widget);
  second->addStretch(1);
  column->addLayout(first);
  column->addLayout(second);
  column->addWidget(m_sentence);
  column->addWidget(m_say);
  column->addWidget(m_figure, 1);
  m_of->setObjectName("label");
  m_say->hide();
  m_step->setAccessibleName(tr("Step"));
  m_row->setAccessibleName(tr("Row"));
  m_row->setKeyboardTracking(false);
  m_row->setButtonSymbols(QAbstractSpinBox::NoButtons);  // arrow keys do the same
  m_wanted->setAccessibleName(tr("Which rows Next and Previous stop at"));
  m_before->setShortcut(QKeySequence("Alt+Left"));
  m_next->setShortcut(QKeySequence("Alt+Right"));
  m_before->setToolTip(tr("The row before (Alt+Left)"));
  m_next->setToolTip(tr("The next row (Alt+Right)"));
  for (QPushButton* button : {m_before, m_next}) button->setAutoDefault(false);
  m_figure->setAttribute(Qt::WA_StyledBackground);

  connect(m_step, &QComboBox::activated, m_session, &present::TrailSession::chooseStep);
  connect(m_row, &QSpinBox::valueChanged, m_session, &present::TrailSession::chooseRow);
  connect(m_before, &QPushButton::clicked, this, [this] { move(true); });
  connect(m_next, &QPushButton::clicked, this, [this] { move(false); });
  connect(m_wanted, &QComboBox::activated, this, [this](int index) {
    m_session->setWanted(index == kAny ? std::nullopt : std::optional(index == kEvents));
  });
  connect(m_session, &present::TrailSession::chosen, this, &TrailDialog::showChoice);
  connect(m_session, &present::TrailSession::shown, this, &TrailDialog::showFigure);
  connect(m_session, &present::TrailSession::failed, this, &TrailDialog::showError);
}

void TrailDialog::setTheme(const plots::Theme& theme) {
  m_theme = &theme;
  setStyleSheet(gui::styleSheet(theme));
  if (m_figure->figure().data.columns() > 0) m_figure->setFigure(m_figure->figure(), theme);
}

void TrailDialog::showChoice() {
  const QStringList steps = m_session->steps();
  QStringList before;
  for (int i = 0; i < m_step->count(); ++i) before.append(m_step->itemText(i));
  if (steps != before) {
    m_step->clear();
    m_step->addItems(steps);
  }
  m_step->setCurrentIndex(m_session->step());
  m_sentence->setText(m_session->sentence());
  const QSignalBlocker blocker(m_row);
  const qlonglong rows = m_session->rows();
  m_row->setRange(0, static_cast<int>(std::max<qlonglong>(0, rows - 1)));
  m_row->setValue(static_cast<int>(m_session->row()));
  m_of->setText(tr("of 0 to %1").arg(QLocale(QLocale::English).toString(rows > 0 ? rows - 1 : 0)));
  const QString outcome = m_session->label();
  const int wanted = std::max(0, m_wanted->currentIndex());
  m_wanted->clear();
  m_wanted->addItems({tr("stop at every row"), tr("only where %1 is 1").arg(outcome),
                      tr("only where %1 is 0").arg(outcome)});
  m_wanted->setCurrentIndex(wanted);
  m_wanted->setVisible(!outcome.isEmpty());
  m_say->hide();
}

void TrailDialog::showFigure(const Figure& figure) {
  m_say->hide();
  m_figure->setFigure(figure, *m_theme);
}

void TrailDialog::showError(const QString& message) {
  m_say->setText(message);
  m_say->show();
}

void TrailDialog::move(bool backwards) {
  if (m_session->move(backwards)) return;
  showError(backwards ? tr("There is no such row before this one.")
                      : tr("There is no such row after this one."));
}

}  // namespace rehearse::gui
