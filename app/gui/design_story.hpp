// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignStory: the body of an open design: its challenge, its question, and its chapters with their
// knobs and figures. It is built, and a run is shown, a piece at each turn of the event loop: the
// window never waits for a whole page of plots. Widgets are rebuilt only where the shape of the
// plan changed: its knobs, chapters or views.
#pragma once

#include <QScrollArea>

#include "app/gui/style.hpp"
#include "engine/plan/plan.hpp"

class QTimer;
class QVBoxLayout;

namespace rehearse::present {
class AppContext;
class DesignPins;
class DesignSession;
}  // namespace rehearse::present
namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class ChallengeCard;
class ChapterRow;
class KnobWidget;

class DesignStory : public QScrollArea {
  Q_OBJECT

 public:
  // Pinned runs are laid over the figures.
  DesignStory(present::AppContext& context, present::DesignSession* session,
              present::DesignPins* pins, QWidget* parent);

  // The next plan is built anew, whatever its shape.
  void forget() { m_builtFor.clear(); }
  // Shows nothing: the script that was opened does not trace.
  void clear();
  // An edited script says in other words or ranges what is shown here, with the same shape or not.
  bool saysOther() const;
  // Builds what the session's plan asks for, or moves the knobs where all is there. True when
  // built.
  bool showPlan(const Theme& theme);
  void setTheme(const Theme& theme);
  // Every figure once more.
  void showFigures();
  // While a run is under way the figures are older than the knobs.
  void setRunning(bool running);
  // What stands above the story and does not scroll with it: the clock and the goals are seen from
  // every knob. The view gives it its place.
  QWidget* above() const { return m_above; }
  // Null where the design has none, or is not built yet.
  ChallengeCard* challenge() const { return m_challenge; }

 signals:
  void exported(const QString& path);
  void exportFailed(const QString& message);
  void submitted();
  void challengeLeft();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool narrow() const;
  void build();
  void addChapter(int chapter);
  void nextPiece();
  void leaveChallenge();
  void showLeftOut();

  present::AppContext& m_context;
  present::DesignSession* m_session;
  present::DesignPins* m_pins;
  const Theme* m_theme = nullptr;
  QString m_builtPath;  // of the design that was built last
  QString m_builtTexts;
  QString m_builtFor;  // the shape of what the widgets were built from
  QWidget* m_above;    // what does not scroll: the challenge
  QVBoxLayout* m_column = nullptr;
  ChallengeCard* m_challenge = nullptr;
  QList<ChapterRow*> m_chapters;
  QList<KnobWidget*> m_knobs;
  QList<plots::FigureView*> m_figures;  // in order of the plan's views
  QTimer* m_stage;
  int m_nextChapter = 0;   // to be built
  int m_keepPlace = -1;    // how far it was scrolled before the same design was built again
  QList<qsizetype> m_due;  // figures to be shown anew
};

}  // namespace rehearse::gui
