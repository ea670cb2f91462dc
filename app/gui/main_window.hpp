// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window: a rail (Today, Drills, Designs, Study, Progress, Your data, Settings), the page in
// front, and over them the palette (Ctrl+Shift+P), which finds every action and place by a few
// letters. It owns the theme and the keys that work everywhere. Files dropped on it open in Your
// data.
#pragma once

#include <QMainWindow>
#include <functional>

#include "app/gui/page.hpp"

class QStackedWidget;
class QTimer;

namespace rehearse::present {
class AppContext;
class JumpTargets;
}  // namespace rehearse::present

namespace rehearse::gui {

class CommandPalette;
class DesignsPage;
class FilesPage;
class Rail;
class StudyPage;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(present::AppContext& context, QWidget* parent = nullptr);

  // "light", "dark" or "system"; it is remembered.
  void setThemeByName(const QString& name);
  // "today", "drills", "designs", "study", "progress", "files", "settings", "drill:ID", "set:ID",
  // "design:ID", "card:ID", "file:PATH". False: there is no such page, and the one in front stays.
  bool openPage(const QString& name);
  // Saves a picture of the window once no work is under way and it looks the same twice, then
  // quits.
  void shootWhenSettled(const QString& path);
  const Theme& theme() const { return *m_theme; }

 protected:
  bool event(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void makePages();
  void addPage(const QString& name, const QString& title, Page* page);
  void connectPage(Page* page);
  void connectFiles();
  void makeKeys();
  void addKey(const QString& name, const QString& text, const QKeySequence& key,
              const std::function<void()>& act);
  void showPage(int index);
  void followLink(const QString& name);
  void applyTheme();
  void dressNextPage();
  void chooseFiles();
  void showKeys();
  void showFiles(const QStringList& paths);
  static QKeySequence keyOfPage(const QString& name, int page);
  void togglePalette();
  void dressPalette();
  void fillPalette();

  present::AppContext& m_context;
  const Theme* m_theme;
  Rail* m_rail;
  QStackedWidget* m_stack;
  QTimer* m_dresser;  // pages behind put on a new theme, a step per turn of the event loop
  DesignsPage* m_designs = nullptr;
  FilesPage* m_files = nullptr;
  StudyPage* m_study = nullptr;
  QList<Page*> m_pages;
  QStringList m_names, m_titles;
  CommandPalette* m_palette = nullptr;  // made when first asked for
  present::JumpTargets* m_targets = nullptr;
};

}  // namespace rehearse::gui
