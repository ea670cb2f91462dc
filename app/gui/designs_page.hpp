// SPDX-License-Identifier: GPL-3.0-or-later
//
// Designs: a gallery, and one open design as a story: chapter by chapter its prose and knobs on the
// left, what they show on the right. Every move of a knob re-runs what depends on it on a worker
// thread; the last finished plots stay until the new ones are there. A source may be replaced by
// the user's own file, and the arithmetic of a step may be followed row by row.
#pragma once

#include "app/gui/page.hpp"
#include "app/present/design_session.hpp"

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedLayout;
class QTimer;
class QToolButton;
class QVBoxLayout;

namespace rehearse::present {
class AppContext;
}
namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class ChallengeCard;
class DesignGallery;
class KnobWidget;
class SourceFiles;
class TitleLabel;
class TrailDialog;

class DesignsPage : public Page {
  Q_OBJECT

 public:
  explicit DesignsPage(present::AppContext& context, QWidget* parent = nullptr);

  void openDesign(const QString& id);
  void activated() override;
  // The open design, and the names of the sources that a file may stand in for; empty before one is
  // opened.
  QString designTitle() const;
  QStringList sources() const;
  void useFile(const QString& source, const QString& path);
  // Opens the table of arithmetic; nothing happens where no step has one, or before a run.
  void stepThrough();

 signals:
  // The user wants to choose a file for this source.
  void fileWanted(const QString& source);

 protected:
  void setTheme(const Theme& theme) override;

 private:
  QWidget* makeStory();
  QWidget* makeBar();
  void showGallery();
  void buildStory();
  QWidget* makeChapter(int chapter);
  void nextPiece();
  void showFigures();
  void planChanged();
  void showRun();
  void showRunning(bool running);
  void showError(const QString& message);
  void showBehind();
  void fillMore();
  void startChallenge();
  void submitChallenge();
  void saveReport();

  present::AppContext& m_context;
  present::DesignSession* m_session;
  const Theme* m_theme = nullptr;
  QString m_id;
  QString m_builtFor;  // what the story's widgets were built from
  QStackedLayout* m_stack;
  DesignGallery* m_gallery;
  QVBoxLayout* m_storyColumn = nullptr;
  QScrollArea* m_storyScroll;
  TitleLabel* m_title;
  QLabel *m_summary, *m_error;
  QProgressBar* m_progress;
  QPushButton *m_stop, *m_run, *m_reset, *m_trailButton, *m_challengeButton;
  QToolButton* m_more;
  QMenu* m_moreMenu;
  SourceFiles* m_files;
  TrailDialog* m_trail = nullptr;  // made when first asked for
  QTimer *m_busyTimer, *m_stage;
  ChallengeCard* m_challenge = nullptr;
  QList<KnobWidget*> m_knobs;
  QList<plots::FigureView*> m_figures;  // in order of the plan's views
  int m_nextChapter = 0;                // to be built
  QList<qsizetype> m_due;               // figures to be shown anew
};

}  // namespace rehearse::gui
