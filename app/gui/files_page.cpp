// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/files_page.hpp"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/gui/document_view.hpp"
#include "app/gui/field_form.hpp"
#include "app/gui/files_bar.hpp"
#include "app/gui/report_file.hpp"
#include "app/plots/figure_view.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kLeftWidth = 420, kColumnsHeight = 200;
constexpr const char* kUse = "use:";  // an item of the wishes that names a source of the design

QString filters() {
  QStringList patterns;
  for (const QString& ending : present::FileSession::endings()) patterns.append("*." + ending);
  return QObject::tr("Tables (%1);;All files (*)").arg(patterns.join(' '));
}

}  // namespace

FilesPage::FilesPage(present::AppContext& context, QWidget* parent)
    : Page(parent), m_context(context), m_session(new present::FileSession(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m_bar = makeBar();
  column->addWidget(m_bar);
  m_error = selectableLabel({}, "bad", this);
  m_error->setContentsMargins(24, 12, 24, 0);
  m_skip = new QPushButton(tr("Open it without the rows that cannot be read"), this);
  connect(m_skip, &QPushButton::clicked, this, [this] { m_session->open(m_refused, true); });
  auto* skipRow = new QHBoxLayout;
  skipRow->setContentsMargins(24, 8, 24, 0);
  skipRow->addWidget(m_skip);
  skipRow->addStretch(1);
  column->addWidget(m_error);
  column->addLayout(skipRow);
  auto* below = new QWidget(this);
  m_stack = new QStackedLayout(below);
  m_stack->addWidget(makeEmpty());
  m_stack->addWidget(makeAsking());
  column->addWidget(below, 1);
  m_error->hide();
  m_skip->hide();
  using present::FileSession;
  connect(m_session, &FileSession::started, this, [this](const QString& what) {
    m_error->hide();
    m_skip->hide();
    showBusy(true, what);
  });
  connect(m_session, &FileSession::progressed, this,
          [this](double fraction) { m_bar->setProgress(fraction); });
  connect(m_session, &FileSession::opened, this, &FilesPage::showFile);
  connect(m_session, &FileSession::otherOpened, this, [this] {
    showBusy(false);
    m_otherName->setText(m_session->otherName());
    const auto before = m_form->values();
    wishChosen();
    m_form->choose(before);
  });
  connect(m_session, &FileSession::answered, this, &FilesPage::showAnswer);
  connect(m_session, &FileSession::stopped, this, [this] { showBusy(false, tr("stopped")); });
  connect(m_session, &FileSession::failed, this, &FilesPage::showError);
  showBusy(false);
}

FilesBar* FilesPage::makeBar() {
  auto* bar = new FilesBar(this);
  connect(bar->stop(), &QPushButton::clicked, m_session, &present::FileSession::stop);
  connect(bar->save(), &QPushButton::clicked, this, &FilesPage::saveReport);
  connect(bar->open(), &QPushButton::clicked, this, &FilesPage::chooseFile);
  connect(bar->go(), &QPushButton::clicked, this, &FilesPage::go);
  return bar;
}

QWidget* FilesPage::makeEmpty() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(24, 32, 24, 24);
  column->setSpacing(12);
  column->addWidget(
      label(tr("Drop a CSV or JSONL file anywhere on this window, or open one."), "chapter", page));
  column->addWidget(label(tr("It is read on this machine and goes nowhere else. Columns are chosen "
                             "by you. What can be asked of it:"),
                          "muted", page));
  for (const analysis::Analysis& analysis : analysis::all())
    column->addWidget(label("•  " + QString::fromStdString(analysis.asks), "", page));
  column->addWidget(label(tr("With a design open, the file can also take the place of the "
                             "simulated site there."),
                          "muted", page));
  column->addStretch(1);
  return page;
}

QWidget* FilesPage::makeLeft() {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(24, 20, 16, 24);
  column->setSpacing(8);
  m_file = label({}, "chapter", left);
  m_note = label({}, "muted", left);
  m_note->setContentsMargins(0, 0, 0, 8);
  m_columns = new plots::FigureView(left);
  m_columns->setAttribute(Qt::WA_StyledBackground);
  m_columns->setContentHeight(kColumnsHeight);
  m_wish = new QComboBox(left);
  m_wish->setAccessibleName(tr("What to do with the file"));
  m_wish->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(m_wish, &QComboBox::activated, this, &FilesPage::wishChosen);
  m_form = new FieldForm(left);
  m_other = new QPushButton(tr("Choose the second file…"), left);
  connect(m_other, &QPushButton::clicked, this, &FilesPage::chooseOther);
  m_otherName = label({}, "muted", left);
  m_hint = label({}, "label", left);
  for (QWidget* widget : std::initializer_list<QWidget*>{
           m_file, m_note, label(tr("What do you want to know?"), "chapter", left), m_wish, m_form,
           m_other, m_otherName, m_hint, m_columns})
    column->addWidget(widget);
  column->addStretch(1);
  return left;
}

QWidget* FilesPage::makeAsking() {
  auto* asking = new QWidget(this);
  auto* row = new QHBoxLayout(asking);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* left = scrolledPart(tr("The file and the question"), makeLeft(), asking);
  left->setFixedWidth(kLeftWidth);
  auto* right = new QWidget(asking);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(16, 20, 24, 24);
  m_answer = new DocumentView(right);
  connect(m_answer, &DocumentView::exported, this,
          [this](const QString& path) { m_bar->say(tr("saved %1").arg(path)); });
  connect(m_answer, &DocumentView::building, this,
          [this](bool more) { m_context.setBusy(m_answer, more); });
  connect(m_answer, &DocumentView::exportFailed, this,
          [this](const QString& message) { showError(message, false); });
  column->addWidget(m_answer);
  column->addStretch(1);
  m_scroll = scrolledPart(tr("The answer"), right, asking);
  row->addWidget(left);
  row->addWidget(m_scroll, 1);
  return asking;
}

void FilesPage::activated() {
  if (m_session->isOpen()) fillWishes();
  m_bar->open()->setFocus(Qt::OtherFocusReason);
}

void FilesPage::setTheme(const Theme& theme) {
  m_theme = &theme;
  m_answer->setTheme(theme);
  if (m_session->isOpen()) m_columns->setFigure(m_columns->figure(), theme);
}

void FilesPage::setDesign(const QString& title, const QStringList& sources) {
  m_designTitle = title;
  m_sources = sources;
  if (m_session->isOpen()) fillWishes();
}

void FilesPage::chooseFile() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Open a table"), {}, filters());
  if (!path.isEmpty()) openFile(path);
}

void FilesPage::chooseOther() {
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Open the second table"), {}, filters());
  if (!path.isEmpty()) m_session->openOther(path);
}

void FilesPage::openFile(const QString& path) {
  m_wantedOther.clear();
  m_refused = path;
  m_session->open(path);
}

void FilesPage::openFiles(const QStringList& paths) {
  if (paths.isEmpty()) return;
  openFile(paths.front());
  if (paths.size() > 1) m_wantedOther = paths[1];
}

void FilesPage::showFile() {
  showBusy(false);
  const Frame& table = m_session->table();
  const QLocale english(QLocale::English);
  m_file->setText(m_session->name());
  m_note->setText(tr("%1 rows, %2 columns. %3")
                      .arg(english.toString(static_cast<qlonglong>(table.rows())))
                      .arg(table.columns())
                      .arg(m_session->note()));
  m_columns->setFigure(Figure{"table", tr("Columns").toStdString(), "", "", "", Json::object(),
                              m_session->columns()},
                       *m_theme);
  m_answer->invite(tr("Check the columns on the left, then press Answer (Ctrl+Enter)."));
  m_bar->save()->hide();
  m_stack->setCurrentIndex(1);
  m_bar->go()->show();
  m_wish->clear();
  fillWishes();
  m_wish->setFocus(Qt::OtherFocusReason);
  if (!m_wantedOther.isEmpty()) m_session->openOther(std::exchange(m_wantedOther, {}));
}

void FilesPage::fillWishes() {
  // The commonest question first.
  const QString chosen = m_wish->currentData().toString(),
                before = chosen.isEmpty() ? QStringLiteral("calibration") : chosen;
  m_wish->clear();
  for (const analysis::Analysis& analysis : analysis::all())
    m_wish->addItem(QString::fromStdString(analysis.asks), QString::fromStdString(analysis.name));
  for (const QString& source : m_sources)
    m_wish->addItem(tr("Use it as %1 in “%2”").arg(source, m_designTitle), kUse + source);
  const int again = m_wish->findData(before);
  m_wish->setCurrentIndex(again >= 0 ? again : 0);
  if (m_wish->currentData().toString() != chosen) wishChosen();
}

const analysis::Analysis* FilesPage::chosen() const {
  return analysis::find(m_wish->currentData().toString().toStdString());
}

void FilesPage::wishChosen() {
  if (!m_session->isOpen()) return;
  const analysis::Analysis* analysis = chosen();
  m_form->setVisible(analysis);
  m_other->setVisible(analysis && !analysis->other.empty());
  m_otherName->setVisible(m_other->isVisibleTo(this));
  m_wish->setToolTip(m_wish->currentText());
  m_bar->go()->setText(analysis ? tr("Answer") : tr("Use it"));
  m_bar->go()->setShortcut(QKeySequence("Ctrl+Return"));  // a new text takes the key away
  if (!analysis) {
    m_hint->setText(
        tr("The design runs on your rows. Columns that it needs and does not find are "
           "named; truth lines are missing, since nobody knows the truth of your "
           "data."));
    return;
  }
  m_form->build(*analysis, m_session->table(), m_session->other(), m_session->guesses(*analysis));
  m_otherName->setText(m_session->otherName().isEmpty() ? QString::fromStdString(analysis->other)
                                                        : m_session->otherName());
  m_hint->setText(m_form->guessed() > 0 ? tr("Check the columns: those that say so were guessed "
                                             "from their names.")
                                        : QString());
}

void FilesPage::go() {
  if (!m_session->isOpen() || m_session->busy()) return;
  if (const analysis::Analysis* analysis = chosen())
    return m_session->ask(*analysis, m_form->values());
  const QString source = m_wish->currentData().toString().mid(QString(kUse).size());
  emit useInDesign(source, m_session->path());
}

void FilesPage::showAnswer() {
  showBusy(false);
  m_answer->setDocument(*m_session->answer(), *m_theme);
  m_bar->save()->show();
  m_scroll->ensureVisible(0, 0);
}

void FilesPage::showBusy(bool busy, const QString& what) {
  m_context.setBusy(this, busy);
  m_bar->setBusy(busy, what);
  m_bar->save()->setVisible(!busy && m_session->answer());
}

void FilesPage::showError(const QString& message, bool badRow) {
  showBusy(m_session->busy());
  m_error->setText(message);
  m_error->show();
  m_skip->setVisible(badRow);
}

void FilesPage::saveReport() {
  if (!m_session->answer()) return;
  gui::saveReport(
      m_context, m_bar, *m_session->answer(), m_wish->currentData().toString(),
      [this](const QString& sentence) { m_bar->say(sentence); },
      [this](const QString& why) { showError(why, false); });
}

}  // namespace rehearse::gui
