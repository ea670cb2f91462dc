// SPDX-License-Identifier: GPL-3.0-or-later
//
// JumpTargets: every drill, design, set, card and recent file as something to go to. The titles of
// drills stand in their files, which are read on a worker thread when first asked for; until then a
// drill goes by the words of its id.
#pragma once

#include <QFutureWatcher>
#include <QHash>
#include <QObject>
#include <memory>

namespace rehearse::present {

class AppContext;

struct JumpTarget {
  QString link;  // as MainWindow::openPage takes it: "drill:hits-in-window"
  QString title, detail;
};

class JumpTargets : public QObject {
  Q_OBJECT

 public:
  explicit JumpTargets(AppContext& context, QObject* parent = nullptr);
  ~JumpTargets() override;

  // Recent files, sets, drills, designs, cards.
  QList<JumpTarget> all();
  // Begins to read the titles of the drills; once.
  void readTitles();

 signals:
  // Titles were read: all() says more than before.
  void changed();

 private:
  using Titles = QHash<QString, QString>;
  AppContext& m_context;
  std::shared_ptr<const Titles> m_titles;
  QFutureWatcher<std::shared_ptr<const Titles>> m_reader;
};

}  // namespace rehearse::present
