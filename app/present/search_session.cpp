// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/search_session.hpp"

#include <QtConcurrent>

#include "app/present/app_context.hpp"
#include "app/present/card_shelf.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

constexpr std::size_t kMostHits = 40;

}  // namespace

QString kindWords(const practice::SearchHit& hit) {
  const QString kind = hit.kind == practice::SearchKind::drill    ? QObject::tr("Drill")
                       : hit.kind == practice::SearchKind::design ? QObject::tr("Design")
                                                                  : QObject::tr("Card");
  return hit.topic.empty() ? kind : QString("%1 · %2").arg(kind, qs(hit.topic).replace('-', ' '));
}

QString snippetText(const practice::SearchHit& hit) {
  return qs(hit.snippet).remove(QChar(2)).remove(QChar(3));
}

QString snippetMarkdown(const practice::SearchHit& hit) {
  QString text;
  for (const QChar c : qs(hit.snippet)) {
    if (c == QChar(2) || c == QChar(3))
      text += "**";
    else if (QString("\\_[]<>&").contains(c))
      text += QString("\\") + c;
    else
      text += c;
  }
  return text;
}

SearchSession::SearchSession(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context) {
  connect(&m_running, &QFutureWatcherBase::finished, this, &SearchSession::take);
}

SearchSession::~SearchSession() { m_running.waitForFinished(); }

void SearchSession::ask(const QString& query) {
  if (m_running.isRunning())
    m_waiting = query;
  else
    start(query);
}

void SearchSession::start(const QString& query) {
  m_context.setBusy(this, true);
  m_running.setFuture(
      QtConcurrent::run([home = m_context.home(), index = m_index, query]() mutable {
        auto answer = std::make_shared<Answer>(Answer{query, std::move(index), {}});
        if (!answer->index) {
          auto opened = practice::SearchIndex::open(home);
          if (!opened) {
            answer->hits = fail(opened.error());
            return answer;
          }
          answer->index = std::make_shared<practice::SearchIndex>(std::move(*opened));
        }
        answer->hits = answer->index->find(query.toStdString(), kMostHits);
        return answer;
      }));
}

void SearchSession::take() {
  m_context.setBusy(this, false);
  const std::shared_ptr<Answer> answer = m_running.result();
  m_index = answer->index;
  if (m_waiting) return start(*std::exchange(m_waiting, {}));
  m_query = answer->query;
  m_hits = answer->hits ? std::move(*answer->hits) : std::vector<practice::SearchHit>();
  if (!answer->hits) emit failed(qs(answer->hits.error().message));
  emit answered();
}

}  // namespace rehearse::present
