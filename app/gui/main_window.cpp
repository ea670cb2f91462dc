// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/main_window.hpp"

#include <QApplication>
#include <QCloseEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QImage>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QTimer>

#include "app/gui/designs_page.hpp"
#include "app/gui/drills_page.hpp"
#include "app/gui/files_page.hpp"
#include "app/gui/progress_page.hpp"
#include "app/gui/rail.hpp"
#include "app/gui/scroll_access.hpp"
#include "app/gui/settings_page.hpp"
#include "app/gui/study_page.hpp"
#include "app/gui/today_page.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_session.hpp"
#include "app/present/drill_sets.hpp"
#include "app/present/first_steps.hpp"
#include "app/present/preferences.hpp"
#include "app/present/recent_files.hpp"

namespace rehearse::gui {
namespace {

constexpr int kNarrowBelow = 1200;
constexpr const char* kThemeKey = "theme";
// A picture is taken once two looks in a row saw the same window.
constexpr int kLookEveryMs = 150, kMostLooks = 60;

const Theme& themeWanted(const present::AppContext& context) {
  const QString name = present::preferenceValue(context, kThemeKey);
  if (name != "system") return plots::themeNamed(name);
  return plots::themeNamed(QApplication::palette().window().color().lightness() < 128 ? "dark"
                                                                                      : "light");
}

}  // namespace

MainWindow::MainWindow(present::AppContext& context, QWidget* parent)
    : QMainWindow(parent),
      m_context(context),
      m_theme(&themeWanted(context)),
      m_rail(new Rail(this)),
      m_stack(new QStackedWidget(this)),
      m_dresser(new QTimer(this)) {
  guardScrollAreas();
  setWindowTitle(tr("Rehearse"));
  setWindowIcon(icon("rehearse", m_theme->ink));
  m_stack->setObjectName("pages");
  setMinimumSize(1024, 640);
  resize(1440, 900);
  auto* middle = new QWidget(this);
  auto* row = new QHBoxLayout(middle);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(m_rail);
  row->addWidget(m_stack, 1);
  setCentralWidget(middle);
  setAcceptDrops(true);
  makePages();
  connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
  connect(m_rail, &Rail::themeAsked, this,
          [this] { setThemeByName(m_theme->dark ? "light" : "dark"); });
  connect(m_dresser, &QTimer::timeout, this, &MainWindow::dressNextPage);
  connect(&m_context, &present::AppContext::settingChanged, this, [this](const QString& key) {
    if (key == kThemeKey) applyTheme();
  });
  makeKeys();
  applyTheme();
  showPage(0);
}

void MainWindow::makePages() {
  m_designs = new DesignsPage(m_context, this);
  m_files = new FilesPage(m_context, this);
  m_study = new StudyPage(m_context, this);
  addPage("today", tr("Today"), new TodayPage(m_context, this));
  addPage("drills", tr("Drills"), new DrillsPage(m_context, this));
  addPage("designs", tr("Designs"), m_designs);
  addPage("study", tr("Study"), m_study);
  addPage("progress", tr("Progress"), new ProgressPage(m_context, this));
  addPage("files", tr("Your data"), m_files);
  addPage("settings", tr("Settings"), new SettingsPage(m_context, this));
  connectFiles();
  auto* design = m_designs->findChild<present::DesignSession*>();
  connect(design, &present::DesignSession::planChanged, this, [this, design] {
    if (!design->knobs().empty()) present::noteKnobMoved(m_context);
  });
}

void MainWindow::addPage(const QString& name, const QString& title, Page* page) {
  m_stack->addWidget(page);
  m_rail->addPage(name, title, keyOfPage(name, static_cast<int>(m_pages.size())),
                  name == "settings" ? Rail::Place::foot : Rail::Place::head);
  m_pages.append(page);
  m_names.append(name);
  m_titles.append(title);
  connectPage(page);
}

void MainWindow::connectPage(Page* page) {
  connect(page, &Page::requestDrill, this,
          [this](const QString& id) { followLink("drill:" + id); });
  connect(page, &Page::requestDesign, this,
          [this](const QString& id) { followLink("design:" + id); });
  connect(page, &Page::requestSet, this, [this](const QString& id) { followLink("set:" + id); });
  connect(page, &Page::requestStudy, this, [this] { openPage("study"); });
  connect(page, &Page::status, m_rail, &Rail::setCountdown);
}

void MainWindow::connectFiles() {
  connect(m_files->session(), &present::FileSession::opened, this,
          [this] { present::rememberFile(m_context, m_files->session()->path()); });
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

void MainWindow::showPage(int index) {
  while (m_pages[index]->wear(*m_theme)) continue;
  m_stack->setCurrentIndex(index);
  m_rail->setCurrent(index);
  if (m_pages[index] == m_files) m_files->setDesign(m_designs->designTitle(), m_designs->sources());
  m_pages[index]->activated();
}

bool MainWindow::openPage(const QString& name) {
  const QString kind = name.section(':', 0, 0), id = name.section(':', 1);
  const bool drill = kind == "drill", design = kind == "design", set = kind == "set",
             card = kind == "card", file = kind == "file" && !id.isEmpty();
  const qsizetype index = m_names.indexOf(drill || set ? "drills"
                                          : design     ? "designs"
                                          : card       ? "study"
                                          : file       ? "files"
                                                       : name);
  const std::string key = id.toStdString();
  if (index < 0 || (drill && !m_context.drills().find(key)) ||
      (set && !present::drillSets(m_context).find(key)) || (card && !m_context.cards().find(key)) ||
      (design && !m_context.designs().find(key)))
    return false;
  showPage(static_cast<int>(index));
  if (drill) static_cast<DrillsPage*>(m_stack->currentWidget())->openDrill(id);
  if (set) static_cast<DrillsPage*>(m_stack->currentWidget())->openSet(id);
  if (design) m_designs->openDesign(id);
  if (card) m_study->openCard(id);
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

void MainWindow::setThemeByName(const QString& name) { m_context.setSetting(kThemeKey, name); }

void MainWindow::applyTheme() {
  m_theme = &themeWanted(m_context);
  m_rail->setTheme(*m_theme);
  dressPalette();
  m_context.setBusy(m_dresser, true);
  m_dresser->start(0);
}

bool MainWindow::event(QEvent* event) {
  if (event->type() == QEvent::ApplicationPaletteChange && &themeWanted(m_context) != m_theme)
    applyTheme();
  return QMainWindow::event(event);
}

void MainWindow::dressNextPage() {
  if (m_pages[m_stack->currentIndex()]->wear(*m_theme)) return;
  for (Page* page : m_pages)
    if (page->wear(*m_theme)) return;
  m_dresser->stop();
  m_context.setBusy(m_dresser, false);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  m_rail->setNarrow(width() < kNarrowBelow);
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
