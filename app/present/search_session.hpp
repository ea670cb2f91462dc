// SPDX-License-Identifier: GPL-3.0-or-later
//
// SearchSession: a search over everything (practice/search.hpp) as it is typed. The index is
// opened, and made where it must be, on a worker thread; while a query runs, only the last one
// typed waits.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <memory>
#include <optional>

#include "app/practice/search.hpp"

namespace rehearse::present {

class AppContext;

// "Drill · heaps".
QString kindWords(const practice::SearchHit& hit);
// The snippet as plain text, and as Markdown with what was found in bold.
QString snippetText(const practice::SearchHit& hit);
QString snippetMarkdown(const practice::SearchHit& hit);

class SearchSession : public QObject {
  Q_OBJECT

 public:
  explicit SearchSession(AppContext& context, QObject* parent = nullptr);
  ~SearchSession() override;

  void ask(const QString& query);
  // Of the last query that was answered.
  const std::vector<practice::SearchHit>& hits() const { return m_hits; }
  const QString& query() const { return m_query; }
  bool busy() const { return m_running.isRunning(); }

 signals:
  void answered();
  void failed(const QString& message);

 private:
  struct Answer {
    QString query;
    std::shared_ptr<practice::SearchIndex> index;
    Result<std::vector<practice::SearchHit>> hits;
  };
  void start(const QString& query);
  void take();

  AppContext& m_context;
  std::shared_ptr<practice::SearchIndex> m_index;  // of one worker at a time
  QFutureWatcher<std::shared_ptr<Answer>> m_running;
  std::optional<QString> m_waiting;
  QString m_query;
  std::vector<practice::SearchHit> m_hits;
};

}  // namespace rehearse::present
