// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignView: one open design as a story: chapter by chapter its prose and knobs on the left, what
// they show on the right. Every move of a knob re-runs what depends on it on a worker thread; the
// last finished plots stay until the new ones are there. A source may be replaced by the user's own
// file, the arithmetic of a step followed row by row, a finished run pinned to be laid over the
// next, and the script of the user's own copy edited beside its plots.
#pragma once

#include <QWidget>
#include <vector>

#include "app/gui/style.hpp"
#include "app/present/design_session.hpp"
#include "app/present/run_comparison.hpp"

class QLabel;
class QTimer;

namespace rehearse::present {
class AppContext;
class DesignPins;
}  // namespace rehearse::present

namespace rehearse::gui {

class DesignActions;
class DesignBar;
class DesignStory;
class PinStrip;
class SourceFiles;
class StorySides;
class TrailDialog;

class DesignView : public QWidget {
  Q_OBJECT

 public:
  DesignView(present::AppContext& context, QWidget* parent);

  // Nothing is read again where it is open already.
  void open(const QString& id, const QString& path);
  // The open design is no longer there; the next is read, whatever its id.
  void leave();
  const QString& id() const { return m_id; }
  present::DesignSession* session() const { return m_session; }
  // Runs what repeats an experiment where the design has not yet. False: there is nothing left.
  bool runWhatIsLeft();
  // Opens the table of arithmetic; nothing happens where no step has one, or before a run.
  void stepThrough();
  void setTheme(const Theme& theme);
  void showError(const QString& message);
  // The draft of an edited script is written.
  void flush();

 signals:
  void closed();
  void fileWanted(const QString& source);
  void compareAsked(const QString& design, const std::vector<present::ComparedRun>& runs);
  void sweepAsked();
  // A copy was made: open it.
  void copied(const QString& id);
  void deleteAsked(const QString& id);

 private:
  void makeBar();
  void makeBody();
  void connectSession();
  void connectActions();
  void planChanged();
  void showRun();
  void showRunning(bool running);
  void showBehind();
  void fitActions();
  void fillMore();
  void pin();
  void compare();
  void edit();
  void scriptEdited(const QString& text);
  void resetKnobs();
  void redraw();
  void startChallenge();
  void submitChallenge();
  void saveReport();

  present::AppContext& m_context;
  present::DesignSession* m_session;
  present::DesignPins* m_pins;
  const Theme* m_theme = nullptr;
  QString m_id;
  DesignActions* m_actions;
  DesignBar* m_bar = nullptr;
  QLabel* m_error = nullptr;
  SourceFiles* m_files = nullptr;
  PinStrip* m_strip = nullptr;
  StorySides* m_sides = nullptr;
  DesignStory* m_story = nullptr;
  TrailDialog* m_trail = nullptr;  // made when first asked for
  QTimer* m_busyTimer;
  bool m_judging = false;  // the challenge waits for what is repeated
};

}  // namespace rehearse::gui
