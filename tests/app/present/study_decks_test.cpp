// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decks, the shelf and the search, as the Study page shows them.
#include <catch2/catch.hpp>

#include "app/present/card_shelf.hpp"
#include "app/present/daily_backup.hpp"
#include "app/present/search_session.hpp"
#include "app/present/study_session.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using namespace rehearse::present;
using rehearse::test::waitFor;

namespace {

QString frontOf(const StudySession& session) {
  return session.current() ? QString::fromStdString(session.current()->card->id) : QString();
}

QStringList found(SearchSession& search, const QString& query) {
  search.ask(query);
  REQUIRE(waitFor([&] { return search.query() == query && !search.busy(); }));
  QStringList ids;
  for (const practice::SearchHit& hit : search.hits()) ids.append(QString::fromStdString(hit.id));
  return ids;
}

}  // namespace

TEST_CASE("decks: one deck is studied alone, and then all again") {
  const test::Product product;
  test::writeFile(product.path("product/content/drift/psi.md"), test::card("psi", "Psi", ""));
  const auto context = product.open();
  StudySession session(*context);
  session.refresh();
  CHECK(session.dueCount() == 4);
  session.studyDeck("drift");
  CHECK(session.dueCount() == 1);
  CHECK(frontOf(session) == "psi");
  session.studyDeck({});
  CHECK(session.dueCount() == 4);
}

TEST_CASE("decks: a suspended card is not asked until it is put back, and undo puts all back") {
  const test::Product product;
  const auto context = product.open();
  CardShelf shelf(*context);
  StudySession session(*context);
  QString said;
  practice::Shelf before;
  QObject::connect(&shelf, &CardShelf::changed, &shelf,
                   [&](const QString& what, const practice::Shelf& was) {
                     said = what;
                     before = was;
                     session.refresh();
                   });
  session.refresh();
  const QString first = frontOf(session);
  shelf.suspend(first);
  CHECK(said.startsWith("Suspended: "));
  CHECK(session.dueCount() == 2);
  CHECK(shelf.overview().marks.at(first.toStdString()).suspended);
  shelf.buryUntilTomorrow(frontOf(session));
  CHECK(session.dueCount() == 1);
  shelf.putBack(first);
  CHECK(session.dueCount() == 2);
  shelf.restore({});
  CHECK(said.isEmpty());
  CHECK(session.dueCount() == 3);
  CHECK(deckWords(allDecks(shelf.overview())) == "0 due · 0 of 3 met");
}

TEST_CASE("search: what is typed is found on a worker, and of many queries the last is answered") {
  const test::Product product;
  const auto context = product.open();
  SearchSession search(*context);
  for (const char* typed : {"t", "tw", "twice"}) search.ask(typed);
  REQUIRE(waitFor([&] { return search.query() == "twice"; }));
  REQUIRE(search.hits().size() == 1);
  CHECK(kindWords(search.hits()[0]) == "Card · basics");
  CHECK(snippetMarkdown(search.hits()[0]).contains("**Twice**"));
  CHECK_FALSE(snippetText(search.hits()[0]).contains(QChar(2)));
  CHECK(found(search, "add") == QStringList{"add-two"});
  CHECK(found(search, "\"nothing like it").isEmpty());
}

TEST_CASE("backup: the window's is taken once a day, and a refusal is told") {
  const test::Product product;
  const auto context = product.open();
  const QDir backups(product.path("home/backups"));
  backUpDaily(*context);
  REQUIRE(waitFor([&] { return backups.entryList(QDir::Files).size() == 1; }));
  QFile::remove(backups.filePath(backups.entryList(QDir::Files).first()));
  REQUIRE(QDir(product.path("home")).rmdir("backups"));
  test::writeFile(product.path("home/backups"), "a file in its place");
  QString told;
  QObject::connect(context.get(), &AppContext::failed, context.get(),
                   [&told](const QString& message) { told = message; });
  backUpDaily(*context);
  REQUIRE(waitFor([&] { return !told.isEmpty(); }));
  CHECK(told.contains("backups"));
}
