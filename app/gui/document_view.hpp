// SPDX-License-Identifier: GPL-3.0-or-later
//
// DocumentView: a report as part of a page: headings, prose, verdicts and figures in reading order
// (engine/base/document.hpp). What `--report` writes as HTML, the window shows with it. Built a
// block at each turn of the event loop, from the top.
#pragma once

#include <QWidget>

#include "app/plots/theme.hpp"
#include "engine/base/document.hpp"

class QVBoxLayout;

namespace rehearse::gui {

class Turns;

class DocumentView : public QWidget {
  Q_OBJECT

 public:
  explicit DocumentView(QWidget* parent = nullptr);
  void setDocument(const Document& document, const plots::Theme& theme);
  void setTheme(const plots::Theme& theme);
  void clear();
  // Words in the place of a document that is yet to come.
  void invite(const QString& words);

 signals:
  // Blocks are still to come, or all are there.
  void building(bool more);
  void exported(const QString& path);
  void exportFailed(const QString& message);

 private:
  QWidget* widgetOf(const Heading& block);
  QWidget* widgetOf(const Prose& block);
  QWidget* widgetOf(const Verbatim& block);
  QWidget* widgetOf(const Banner& block);
  QWidget* widgetOf(const Figure& block);

  QVBoxLayout* m_column;
  QWidget* m_body = nullptr;
  QVBoxLayout* m_blocks = nullptr;  // of m_body; a stretch is last
  Turns* m_turns;
  Document m_document;
  const plots::Theme* m_theme = nullptr;
};

}  // namespace rehearse::gui
