// SPDX-License-Identifier: GPL-3.0-or-later
//
// Your data: a file dropped on the window or opened here, what can be asked of it, and the answer
// as figures and sentences that can be saved as a report. The file may also stand in for a source
// of the design that is open.
#pragma once

#include "app/gui/page.hpp"
#include "app/present/file_session.hpp"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedLayout;

namespace rehearse::present {
class AppContext;
}
namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class DocumentView;
class FieldForm;
class FilesBar;

class FilesPage : public Page {
  Q_OBJECT

 public:
  explicit FilesPage(present::AppContext& context, QWidget* parent = nullptr);

  void openFile(const QString& path);
  // One or two files that were dropped: the second is what the first is compared with.
  void openFiles(const QStringList& paths);
  // The design that is open, and its sources; none: the file cannot be used there.
  void setDesign(const QString& title, const QStringList& sources);
  void activated() override;
  present::FileSession* session() { return m_session; }

 signals:
  void useInDesign(const QString& source, const QString& path);

 protected:
  void setTheme(const Theme& theme) override;

 private:
  FilesBar* makeBar();
  QWidget* makeEmpty();
  QWidget* makeAsking();
  QWidget* makeLeft();
  void chooseFile();
  void chooseOther();
  void showFile();
  void fillWishes();
  void wishChosen();
  void go();
  void showAnswer();
  void showBusy(bool busy, const QString& what = {});
  void showError(const QString& message, bool badRow);
  void saveReport();
  const analysis::Analysis* chosen() const;

  present::AppContext& m_context;
  present::FileSession* m_session;
  const Theme* m_theme = nullptr;
  QString m_designTitle, m_wantedOther, m_refused;
  QStringList m_sources;
  QStackedLayout* m_stack;
  QLabel *m_file, *m_note, *m_error, *m_hint, *m_otherName;
  FilesBar* m_bar = nullptr;
  QPushButton *m_skip, *m_other;
  QComboBox* m_wish;
  FieldForm* m_form;
  plots::FigureView* m_columns;
  DocumentView* m_answer;
  QScrollArea* m_scroll;
};

}  // namespace rehearse::gui
