// SPDX-License-Identifier: GPL-3.0-or-later
//
// ProbeAnswers: what a player of an incident has looked at, one part below the other: the dashboard
// first, then each probe's answer. A part comes a piece at a turn of the event loop; once it is
// whole, an answer stands at the top.
#pragma once

#include <QScrollArea>
#include <QString>
#include <vector>

#include "app/gui/style.hpp"
#include "engine/base/document.hpp"

class QVBoxLayout;

namespace rehearse::gui {

class Turns;

class ProbeAnswers : public QScrollArea {
  Q_OBJECT

 public:
  explicit ProbeAnswers(QWidget* parent);

  void clear();
  void addDashboard(const QString& says, const std::vector<Figure>& figures);
  void addAnswer(const QString& probe, const QString& says, const std::vector<Figure>& figures);
  void setTheme(const Theme& theme);

 signals:
  // Pieces are to come; none any more.
  void building(bool more);
  void exportFailed(const QString& message);

 private:
  void addPart(const QString& heading, const QString& says, const std::vector<Figure>& figures);
  void addHeading(const QString& text, const QString& says);
  void addFigure(const Figure& figure);
  void showLast();

  const Theme* m_theme = nullptr;
  Turns* m_turns;
  QWidget* m_body = nullptr;
  QVBoxLayout* m_parts = nullptr;
  int m_lastAt = -1;  // the item that is to stand at the top of the window
};

}  // namespace rehearse::gui
