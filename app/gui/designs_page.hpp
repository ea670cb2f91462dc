// SPDX-License-Identifier: GPL-3.0-or-later
//
// Designs: a gallery, and one open design as a story: chapter by chapter its prose and knobs on the
// left, what they show on the right. Every move of a knob re-runs what depends on it on a worker
// thread; the last finished plots stay until the new ones are there.
#pragma once

#include "app/gui/page.hpp"
#include "app/present/design_session.hpp"

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedLayout;
class QTimer;
class QVBoxLayout;

namespace rehearse::present {
class AppContext;
}
namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class ChallengeCard;
class KnobWidget;
class TitleLabel;

class DesignsPage : public Page {
  Q_OBJECT

 public:
  explicit DesignsPage(present::AppContext& context, QWidget* parent = nullptr);

  void openDesign(const QString& id);
  void activated() override;

 protected:
  void setTheme(const Theme& theme) override;

 private:
  QWidget* makeGallery();
  QWidget* makeStory();
  QWidget* makeBar();
  void fillGallery();
  void showGallery();
  void buildStory();
  QWidget* makeChapter(int chapter);
  void nextPiece();
  void showFigures();
  void planChanged();
  void showRun();
  void showRunning(bool running);
  void showError(const QString& message);
  void startChallenge();
  void submitChallenge();
  void saveReport();

  present::AppContext& m_context;
  present::DesignSession* m_session;
  const Theme* m_theme = nullptr;
  QString m_id;
  QString m_builtFor;  // what the story's widgets were built from
  QStackedLayout* m_stack;
  QVBoxLayout* m_galleryList;
  QVBoxLayout* m_storyColumn = nullptr;
  QScrollArea* m_storyScroll;
  TitleLabel* m_title;
  QLabel *m_summary, *m_error;
  QProgressBar* m_progress;
  QPushButton *m_stop, *m_reset, *m_report, *m_challengeButton;
  QTimer *m_busyTimer, *m_stage;
  ChallengeCard* m_challenge = nullptr;
  QList<KnobWidget*> m_knobs;
  QList<plots::FigureView*> m_figures;  // in order of the plan's views
  int m_nextChapter = 0;                // to be built
  QList<qsizetype> m_due;               // figures to be shown anew
};

}  // namespace rehearse::gui
