// SPDX-License-Identifier: GPL-3.0-or-later
//
// DesignBar: the strip above an open design: its title, what the last run did, progress with Stop
// while one is under way, and what can be done with the design. It decides nothing: the page shows
// and hides, and answers the signals.
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace rehearse::gui {

class DesignActions;
class TitleLabel;

class DesignBar : public QWidget {
  Q_OBJECT

 public:
  explicit DesignBar(QWidget* parent = nullptr);

  TitleLabel* title() const { return m_title; }
  // What stands below More, in answer to moreOpened(): `sources` may be replaced by a file.
  void fillMore(const DesignActions& actions, const QStringList& sources);
  QPushButton* challenge() const { return m_challenge; }
  QPushButton* pin() const { return m_pin; }
  // Some step's arithmetic can be followed. In a narrow window it is offered below More only.
  void offerTrail(bool there);
  // Run: the plots belong to other knobs than those that are seen.
  QPushButton* run() const { return m_run; }
  void say(const QString& sentence);
  void setRunning(bool running);
  void setProgress(double fraction, const QString& what);

 signals:
  void back();
  void stop();
  void runAsked();
  void pinAsked();
  void trailAsked();
  void challengeAsked();
  void moreOpened();
  void fileWanted(const QString& source);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  bool m_trailThere = false;
  TitleLabel* m_title;
  QLabel* m_summary;
  QProgressBar* m_progress;
  QPushButton *m_stop, *m_run, *m_pin, *m_trail, *m_challenge;
  QMenu* m_moreMenu;
};

}  // namespace rehearse::gui
