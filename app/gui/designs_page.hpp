// SPDX-License-Identifier: GPL-3.0-or-later
//
// Designs: a gallery, and one open design as a story: chapter by chapter its prose and knobs on the
// left, what they show on the right. Every move of a knob re-runs what depends on it on a worker
// thread; the last finished plots stay until the new ones are there. A source may be replaced by
// the user's own file, and the arithmetic of a step may be followed row by row. What repeats an
// experiment a thousand times runs when asked. An incident is played instead (triage_view.hpp).
#pragma once

#include "app/gui/page.hpp"
#include "app/present/design_session.hpp"

class QLabel;
class QStackedLayout;
class QTimer;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class DesignBar;
class DesignGallery;
class DesignStory;
class SourceFiles;
class TrailDialog;
class TriageView;

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
  // Runs what repeats an experiment where the open design has not yet: a picture of it is to show
  // everything. False: there is nothing left.
  bool runWhatIsLeft();
  // Opens the table of arithmetic; nothing happens where no step has one, or before a run.
  void stepThrough();

 signals:
  // The user wants to choose a file for this source.
  void fileWanted(const QString& source);

 protected:
  void setTheme(const Theme& theme) override;

 private:
  QWidget* makeStory();
  DesignBar* makeBar();
  void showGallery();
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
  QString m_played;  // the incident that was opened last, if one was
  TriageView* m_triage = nullptr;
  QStackedLayout* m_stack;
  DesignGallery* m_gallery;
  DesignStory* m_story = nullptr;
  DesignBar* m_bar = nullptr;
  QLabel* m_error = nullptr;
  SourceFiles* m_files;
  TrailDialog* m_trail = nullptr;  // made when first asked for
  QTimer* m_busyTimer;
  bool m_judging = false;  // the challenge waits for what is repeated
};

}  // namespace rehearse::gui
