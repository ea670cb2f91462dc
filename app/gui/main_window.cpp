// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/main_window.hpp"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/gui/designs_page.hpp"
#include "app/gui/drills_page.hpp"
#include "app/gui/files_page.hpp"
#include "app/gui/progress_page.hpp"
#include "app/gui/study_page.hpp"
#include "app/gui/today_page.hpp"
#include "app/present/app_context.hpp"
#include "app/present/drill_sets.hpp"

namespace rehearse::gui {
namespace {

constexpr int kRailWidth = 176, kNarrowRail = 56, kNarrowBelow = 1200;
// A picture is taken once two looks in a row saw the same window.
constexpr int kLookEveryMs = 150, kMostLooks = 60;

}  // namespace

MainWindow::MainWindow(present::AppContext& context, QWidget* parent)
    : QMainWindow(parent),
      m_context(context),
      m_theme(&plots::themeNamed(context.setting("theme", "light"))),
      m_rail(new QWidget(this)),
      m_brand(new QLabel(tr("Rehearse"), m_rail)),
      m_countdown(new QLabel(m_rail)),
      m_themeButton(new QToolButton(m_rail)),
      m_buttons(new QButtonGroup(this)),
      m_stack(new QStackedWidget(this)),
      m_dresser(new QTimer(this)) {
  setWindowTitle(tr("Rehearse"));
  m_stack->setObjectName("pages");
  setMinimumSize(1024, 640);
  resize(1440, 900);
  auto* middle = new QWidget(this);
  auto* row = new QHBoxLayout(middle);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(makeRail());
  row->addWidget(m_stack, 1);
  setCentralWidget(middle);
  setAcceptDrops(true);
  makePages();
  connect(m_dresser, &QTimer::timeout, this, &MainWindow::dressNextPage);
  makeKeys();
  applyTheme();
  showPage(0);
}

void MainWindow::makePages() {
  m_designs = new DesignsPage(m_context, this);
  m_files = new FilesPage(m_context, this);
  addPage("today", tr("Today"), new TodayPage(m_context, this));
  addPage("drills", tr("Drills"), new DrillsPage(m_context, this));
  addPage("designs", tr("Designs"), m_designs);
  addPage("study", tr("Study"), new StudyPage(m_context, this));
  addPage("progress", tr("Progress"), new ProgressPage(m_context, this));
  addPage("files", tr("Your data"), m_files);
  for (Page* page : m_pages) {
    connect(page, &Page::requestDrill, this,
            [this](const QString& id) { followLink("drill:" + id); });
    connect(page, &Page::requestDesign, this,
            [this](const QString& id) { followLink("design:" + id); });
    connect(page, &Page::requestSet, this, [this](const QString& id) { followLink("set:" + id); });
    connect(page, &Page::requestStudy, this, [this] { openPage("study"); });
    connect(page, &Page::status, m_countdown, &QLabel::setText);
  }
  connect(m_files, &FilesPage::useInDesign, this,
          [this](const QString& source, const QString& path) {
            openPage("designs");
            m_designs->useFile(source, path);
          });
  connect(m_designs, &DesignsPage::fileWanted, this, [this](const QString& source) {
    const QString path = QFileDialog::getOpenFileName(this, tr("A table for %1").arg(source), {},
                                                      tr("Tables (*.csv *.tsv *.jsonl *.ndjson);;"
                                                         "All files (*)"));
    if (!path.isEmpty()) m_designs->useFile(source, path);
  });
}

QWidget* MainWindow::makeRail() {
  m_rail->setObjectName("rail");
  m_rail->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(m_rail);
  column->setContentsMargins(12, 20, 12, 16);
  column->setSpacing(6);
  m_brand->setObjectName("brand");
  m_brand->setContentsMargins(12, 0, 0, 12);
  column->addWidget(m_brand);
  column->addStretch(1);
  m_countdown->setObjectName("label");
  m_countdown->setWordWrap(true);
  m_countdown->setContentsMargins(12, 0, 0, 0);
  column->addWidget(m_countdown);
  m_themeButton->setObjectName("rail");
  m_themeButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_themeButton->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(m_themeButton, &QToolButton::clicked, this,
          [this] { setThemeByName(m_theme->dark ? "light" : "dark"); });
  column->addWidget(m_themeButton);
  connect(m_buttons, &QButtonGroup::idClicked, this, &MainWindow::showPage);
  return m_rail;
}

void MainWindow::addPage(const QString& name, const QString& title, Page* page) {
  const int index = m_stack->addWidget(page);
  auto* button = new QToolButton(m_rail);
  button->setObjectName("rail");
  button->setCheckable(true);
  button->setText(title);
  button->setAccessibleName(title);
  button->setToolTip(tr("%1 (Ctrl+%2)").arg(title).arg(index + 1));
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  button->setIconSize(QSize(20, 20));
  m_buttons->addButton(button, index);
  static_cast<QVBoxLayout*>(m_rail->layout())->insertWidget(1 + index, button);
  m_pages.append(page);
  m_names.append(name);
}

void MainWindow::makeKeys() {
  const auto key = [this](const QKeySequence& keys, auto slot) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  for (int i = 0; i < m_pages.size(); ++i)
    key(QKeySequence(QString("Ctrl+%1").arg(i + 1)), [this, i] { showPage(i); });
  key(QKeySequence("Ctrl+O"), [this] {
    const QStringList paths =
        QFileDialog::getOpenFileNames(this, tr("Open a table of yours"), {},
                                      tr("Tables (*.csv *.tsv *.jsonl *.ndjson);;All files (*)"));
    if (!paths.isEmpty()) showFiles(paths);
  });
  key(QKeySequence("Ctrl+T"), [this] { setThemeByName(m_theme->dark ? "light" : "dark"); });
  key(QKeySequence("Ctrl+Q"), [this] { close(); });
  key(QKeySequence("F1"), [this] { showKeys(); });
}

void MainWindow::showKeys() {
  QMessageBox box(this);
  box.setWindowTitle(tr("Keys"));
  box.setStyleSheet(gui::styleSheet(*m_theme));
  box.setTextFormat(Qt::RichText);
  box.setText(
      tr("<table cellpadding=4>"
         "<tr><td>Ctrl+1 … Ctrl+6</td><td>Today, Drills, Designs, Study, Progress, Your "
         "data</td></tr>"
         "<tr><td>Ctrl+O</td><td>Open a table of yours</td></tr>"
         "<tr><td>Ctrl+Enter</td><td>Run the examples</td></tr>"
         "<tr><td>Ctrl+Shift+Enter</td><td>Submit</td></tr>"
         "<tr><td>Ctrl+I, then Enter</td><td>Try an input of your own</td></tr>"
         "<tr><td>Ctrl+K</td><td>Keep it as a case</td></tr>"
         "<tr><td>Ctrl+/</td><td>Make lines comments, or code again</td></tr>"
         "<tr><td>F6</td><td>Leave the editor (Tab types a tab there)</td></tr>"
         "<tr><td>Ctrl+J, then Alt+Right</td><td>In a design: step through a row's arithmetic, "
         "then the next</td></tr>"
         "<tr><td>Ctrl+R, Ctrl+Shift+R</td><td>In a design: run the knobs that you see, repeat the "
         "experiment</td></tr>"
         "<tr><td>Alt+1 … Alt+9, Ctrl+Enter</td><td>In an incident: ask a probe, commit</td></tr>"
         "<tr><td>T, 0, + and −</td><td>On a plot: its table, reset, zoom</td></tr>"
         "<tr><td>Space or Enter, then 1 … 4</td><td>On a card: show the answer, then grade "
         "it</td></tr>"
         "<tr><td>Esc</td><td>Stop a run, go back to the list</td></tr>"
         "<tr><td>Ctrl+T</td><td>Light or "
         "dark</td></tr><tr><td>Ctrl+Q</td><td>Leave</td></tr></table>"));
  box.exec();
}

void MainWindow::showPage(int index) {
  while (m_pages[index]->wear(*m_theme)) continue;
  m_stack->setCurrentIndex(index);
  if (auto* button = m_buttons->button(index)) button->setChecked(true);
  if (m_pages[index] == m_files) m_files->setDesign(m_designs->designTitle(), m_designs->sources());
  m_pages[index]->activated();
}

bool MainWindow::openPage(const QString& name) {
  const QString kind = name.section(':', 0, 0), id = name.section(':', 1);
  const bool drill = kind == "drill", design = kind == "design", set = kind == "set",
             file = kind == "file" && !id.isEmpty();
  const qsizetype index = m_names.indexOf(drill || set ? "drills"
                                          : design     ? "designs"
                                          : file       ? "files"
                                                       : name);
  if (index < 0 || (drill && !m_context.drills().find(id.toStdString())) ||
      (set && !present::drillSets(m_context).find(id.toStdString())) ||
      (design && !m_context.designs().find(id.toStdString())))
    return false;
  showPage(static_cast<int>(index));
  if (drill) static_cast<DrillsPage*>(m_stack->currentWidget())->openDrill(id);
  if (set) static_cast<DrillsPage*>(m_stack->currentWidget())->openSet(id);
  if (design) m_designs->openDesign(id);
  if (file) m_files->openFile(id);
  return true;
}

void MainWindow::showFiles(const QStringList& paths) {
  openPage("files");
  m_files->openFiles(paths);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) return event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  QStringList paths;
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) paths.append(url.toLocalFile());
  if (paths.isEmpty()) return;
  event->acceptProposedAction();
  showFiles(paths);
}

void MainWindow::followLink(const QString& name) {
  if (openPage(name)) return;
  QMessageBox box(QMessageBox::Warning, tr("Not here"),
                  tr("There is no %1. `rehearse lint` names links that lead nowhere.").arg(name),
                  QMessageBox::Ok, this);
  box.setStyleSheet(gui::styleSheet(*m_theme));
  box.exec();
}

void MainWindow::setThemeByName(const QString& name) {
  m_theme = &plots::themeNamed(name);
  m_context.setSetting("theme", m_theme->dark ? "dark" : "light");
  applyTheme();
}

void MainWindow::applyTheme() {
  m_rail->setStyleSheet(gui::styleSheet(*m_theme));
  for (int i = 0; i < m_pages.size(); ++i)
    m_buttons->button(i)->setIcon(icon(m_names[i], m_theme->ink));
  m_themeButton->setIcon(icon("theme", m_theme->ink));
  m_themeButton->setAccessibleName(tr("Switch between light and dark"));
  m_themeButton->setToolTip(tr("Light or dark (Ctrl+T)"));
  fitRail();
  dressNextPage();
  m_dresser->start(0);
}

void MainWindow::dressNextPage() {
  if (m_pages[m_stack->currentIndex()]->wear(*m_theme)) return;
  for (Page* page : m_pages)
    if (page->wear(*m_theme)) return;
  m_dresser->stop();
}

void MainWindow::fitRail() {
  const bool narrow = width() < kNarrowBelow;
  m_rail->setFixedWidth(narrow ? kNarrowRail : kRailWidth);
  m_rail->layout()->setContentsMargins(narrow ? 6 : 12, 20, narrow ? 6 : 12, 16);
  m_brand->setText(narrow ? tr("R") : tr("Rehearse"));
  m_countdown->setVisible(!narrow);
  m_themeButton->setText(m_theme->dark ? tr("Light") : tr("Dark"));
  const auto style = narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
  for (QAbstractButton* button : m_buttons->buttons())
    static_cast<QToolButton*>(button)->setToolButtonStyle(style);
  m_themeButton->setToolButtonStyle(style);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  fitRail();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  for (Page* page : m_pages)
    if (!page->mayClose()) return event->ignore();
  event->accept();
}

void MainWindow::shootWhenSettled(const QString& path) {
  QApplication::setCursorFlashTime(0);  // a caret that blinks is never settled
  auto* timer = new QTimer(this);
  connect(timer, &QTimer::timeout, this, [this, path, last = QImage(), looks = 0]() mutable {
    if (m_context.busy() || m_designs->runWhatIsLeft()) return;
    const QImage now = grab().toImage();
    if (now != std::exchange(last, now) && ++looks < kMostLooks) return;
    QApplication::exit(now.save(path) ? 0 : 2);
  });
  timer->start(kLookEveryMs);
}

}  // namespace rehearse::gui
