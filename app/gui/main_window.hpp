// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window: a rail (Today, Drills, Designs, Study, Progress, Your data) and the page in front. It
// owns the theme and the keys that work everywhere: Ctrl+1…6 pages, Ctrl+O a file, Ctrl+T theme,
// F1 the keys. Files dropped on it open in Your data.
#pragma once

#include <QMainWindow>

#include "app/gui/page.hpp"

class QButtonGroup;
class QLabel;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class DesignsPage;
class FilesPage;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(present::AppContext& context, QWidget* parent = nullptr);

  void setThemeByName(const QString& name);
  // "today", "drills", "designs", "study", "progress", "files", "drill:ID", "set:ID",
  // "design:ID", "file:PATH". False: there is no such page, and the one in front stays.
  bool openPage(const QString& name);
  // Saves a picture of the window once no work is under way and it looks the same twice, then quits.
  void shootWhenSettled(const QString& path);
  const Theme& theme() const { return *m_theme; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void makePages();
  void addPage(const QString& name, const QString& title, Page* page);
  QWidget* makeRail();
  void makeKeys();
  void showPage(int index);
  void followLink(const QString& name);
  void applyTheme();
  void dressNextPage();
  void fitRail();
  void showKeys();
  void showFiles(const QStringList& paths);

  present::AppContext& m_context;
  const Theme* m_theme;
  QWidget* m_rail;
  QLabel *m_brand, *m_countdown;
  QToolButton* m_themeButton;
  QButtonGroup* m_buttons;
  QStackedWidget* m_stack;
  QTimer* m_dresser;  // pages behind put on a new theme, a step per turn of the event loop
  DesignsPage* m_designs = nullptr;
  FilesPage* m_files = nullptr;
  QList<Page*> m_pages;
  QStringList m_names;
};

}  // namespace rehearse::gui
