// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/sweep_view.hpp"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "app/gui/page.hpp"
#include "app/gui/sweep_form.hpp"
#include "app/gui/title_label.hpp"
#include "app/plots/figure_view.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_session.hpp"
#include "engine/base/read.hpp"

namespace rehearse::gui {
namespace {

constexpr int kSweptHeight = 300;

}  // namespace

SweepView::SweepView(present::AppContext& context, present::DesignSession* session, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_session(session),
      m_sweep(new present::DesignSweep(this)),
      m_title(new TitleLabel(this)),
      m_say(label({}, "muted", this)),
      m_error(label({}, "bad", this)),
      m_figure(new plots::FigureView(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  auto* body = new QWidget(this);
  auto* rows = new QVBoxLayout(body);
  rows->setContentsMargins(24, 16, 24, 24);
  rows->setSpacing(12);
  m_form = new SweepForm(body);
  rows->addWidget(m_form);
  rows->addWidget(m_error);
  rows->addWidget(m_say);
  m_chooser = makeChooser();
  rows->addWidget(m_chooser);
  m_figure->setAttribute(Qt::WA_StyledBackground);
  m_figure->setContentHeight(kSweptHeight);
  rows->addWidget(m_figure, 1);
  rows->addStretch(0);
  column->addWidget(scrolledPart(tr("A sweep"), body, this), 1);
  m_error->hide();
  using present::DesignSweep;
  connect(m_sweep, &DesignSweep::progressed, this, [this](int done, int of) {
    m_progress->setRange(0, of);
    m_progress->setValue(done);
    if (m_sweep->running()) m_say->setText(tr("%1 of %2 runs").arg(done).arg(of));
  });
  connect(m_sweep, &DesignSweep::finished, this, &SweepView::showTable);
  connect(m_sweep, &DesignSweep::stopped, this, [this] {
    showRunning(false);
    m_say->setText(tr("Stopped. What was run is kept: the same sweep goes on from there."));
  });
  connect(m_sweep, &DesignSweep::failed, this, &SweepView::showError);
  connect(m_figure, &plots::FigureView::exportFailed, this, &SweepView::showError);
  makeActions();
}

void SweepView::makeActions() {
  const auto action = [this](const char* name, const QString& text, const QKeySequence& key,
                             auto slot) {
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcut(key);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(made, &QAction::triggered, this, slot);
    addAction(made);
  };
  action("sweep.run", tr("Run the sweep"), QKeySequence("Ctrl+Return"), [this] { run(); });
  action("sweep.back", tr("Stop the sweep, or go back to the design"), QKeySequence(Qt::Key_Escape),
         [this] { m_sweep->running() ? m_sweep->stop() : closed(); });
}

QWidget* SweepView::makeBar() {
  auto* bar = new QWidget(this);
  QHBoxLayout* row = barRow(bar);
  auto* back = new QPushButton(tr("Back"), bar);
  back->setToolTip(tr("Back to the design (Esc)"));
  connect(back, &QPushButton::clicked, this, &SweepView::closed);
  m_progress = new QProgressBar(bar);
  m_progress->setFixedWidth(120);
  m_progress->setAccessibleName(tr("Progress of the sweep"));
  m_stop = new QPushButton(tr("Stop"), bar);
  m_stop->setToolTip(tr("Stop the sweep (Esc)"));
  connect(m_stop, &QPushButton::clicked, m_sweep, &present::DesignSweep::stop);
  m_save = new QPushButton(tr("Save as CSV…"), bar);
  connect(m_save, &QPushButton::clicked, this, &SweepView::saveTable);
  m_run = new QPushButton(tr("Run the sweep"), bar);
  m_run->setObjectName("primary");
  m_run->setToolTip(tr("Run the design with each value (Ctrl+Enter)"));
  connect(m_run, &QPushButton::clicked, this, &SweepView::run);
  row->addWidget(back);
  row->addWidget(m_title, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_progress, m_stop, m_save, m_run})
    row->addWidget(widget);
  return bar;
}

QWidget* SweepView::makeChooser() {
  auto* row = new QWidget(this);
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(8);
  m_number = new QComboBox(row);
  m_number->setAccessibleName(tr("The number that is shown"));
  m_against = new QComboBox(row);
  m_against->setAccessibleName(tr("The number that it is set against"));
  m_more = new QCheckBox(tr("more is better"), row);
  m_more->setAccessibleName(tr("More of the number that is shown is better"));
  m_moreAgainst = new QCheckBox(tr("more is better"), row);
  m_moreAgainst->setAccessibleName(tr("More of the number that it is set against is better"));
  line->addWidget(captionOf(tr("Show"), m_number, row));
  line->addWidget(m_number, 1);
  line->addWidget(m_more);
  line->addWidget(captionOf(tr("against"), m_against, row));
  line->addWidget(m_against, 1);
  line->addWidget(m_moreAgainst);
  for (QComboBox* box : {m_number, m_against}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    QCheckBox* more = box == m_number ? m_more : m_moreAgainst;
    connect(box, &QComboBox::currentTextChanged, this, [more](const QString& number) {
      const QSignalBlocker blocker(more);
      more->setChecked(present::DesignSweep::moreIsBetter(number));
    });
    connect(box, &QComboBox::activated, this, &SweepView::showFigure);
  }
  for (QCheckBox* box : {m_more, m_moreAgainst})
    connect(box, &QCheckBox::toggled, this, &SweepView::showFigure);
  return row;
}

void SweepView::show() {
  if (!m_session->isOpen()) return;
  const std::vector<plan::Knob>& knobs = m_session->plan().knobs;
  m_title->setTitle(tr("Sweep: %1").arg(QString::fromStdString(m_session->plan().title)));
  if (m_form->setKnobs(m_session->path(), knobs)) {
    m_sweep->forget();
    m_error->hide();
    m_say->setText(knobs.empty()
                       ? tr("This design has no knob, so there is nothing to sweep.")
                       : tr("Choose a knob and its values. The others stay as they are set in the "
                            "design; what a knob does not reach is computed once."));
    m_figure->hide();
    m_chooser->hide();
  }
  showRunning(m_sweep->running());
  m_form->setFocus();
}

void SweepView::run() {
  const QList<present::DesignSweep::Axis> axes = m_form->axes();
  if (m_sweep->running() || axes.isEmpty()) return;
  if (const auto started = m_sweep->start(*m_session, axes); !started)
    return showError(QString::fromStdString(started.error().message));
  m_error->hide();
  m_progress->setValue(0);
  showRunning(true);
}

void SweepView::showRunning(bool running) {
  m_context.setBusy(this, running);
  m_progress->setVisible(running);
  m_stop->setVisible(running);
  m_run->setEnabled(!running && !m_form->axes().isEmpty());
  m_save->setVisible(!running && m_sweep->hasTable());
}

void SweepView::showTable() {
  showRunning(false);
  const QStringList numbers = m_sweep->numbers();
  m_say->setText(numbers.isEmpty()
                     ? tr("The runs are done, but this design shows no key numbers to join with "
                          "its knobs.")
                     : tr("%1 runs, all with seed %2: run again, the sweep says the same.")
                           .arg(m_sweep->table().rows())
                           .arg(m_session->plan().seed));
  const QString before = m_number->currentText();
  m_number->clear();
  m_number->addItems(numbers);
  m_number->setCurrentIndex(std::max(0, m_number->findText(before)));
  m_against->clear();
  m_against->addItem(tr("the knobs"));
  m_against->addItems(numbers);
  m_chooser->setVisible(!numbers.isEmpty());
  m_figure->setVisible(!numbers.isEmpty());
  showFigure();
}

void SweepView::showFigure() {
  const bool tradeOff = m_against->currentIndex() > 0;
  m_more->setVisible(tradeOff);
  m_moreAgainst->setVisible(tradeOff);
  if (!m_theme || !m_sweep->hasTable() || m_number->count() == 0) return;
  if (m_against->currentText() == m_number->currentText()) {
    m_against->setCurrentIndex(0);  // nothing is a trade-off with itself
    return showFigure();
  }
  m_figure->setFigure(tradeOff
                          ? m_sweep->tradeOff(m_against->currentText(), m_moreAgainst->isChecked(),
                                              m_number->currentText(), m_more->isChecked())
                          : m_sweep->figure(m_number->currentText()),
                      *m_theme);
}

void SweepView::showError(const QString& message) {
  showRunning(m_sweep->running());
  m_error->setText(message);
  m_error->show();
}

void SweepView::setTheme(const Theme& theme) {
  m_theme = &theme;
  showFigure();
}

void SweepView::saveTable() {
  const QString path =
      QFileDialog::getSaveFileName(this, tr("Save the sweep"), "sweep.csv", tr("CSV (*.csv)"));
  if (path.isEmpty()) return;
  const auto written = write_file(path.toStdString(), to_csv(m_sweep->table()));
  if (!written) return showError(QString::fromStdString(written.error().message));
  m_say->setText(tr("saved %1").arg(path));
}

}  // namespace rehearse::gui
