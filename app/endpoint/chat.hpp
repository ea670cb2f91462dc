// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chat: one question to a language model behind an OpenAI-compatible endpoint that the user named
// (POST …/chat/completions), and its answer. The only code of the product that opens a connection,
// and it runs in a process of its own that is started for --endpoint alone.
//
// What comes back is a stranger's: it is cut at a size, waited for no longer than a time, never
// followed to another address, and an answer that is not what the protocol says is an error. The
// key is sent over TLS, or to this machine; it stands in no message.
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>
#include <string>

#include "engine/base/error.hpp"

namespace rehearse::endpoint {

struct ChatOptions {
  QUrl url;  // up to and with the version, as https://host/v1
  QString model;
  QByteArray key;                       // empty: none is sent
  int timeout_ms = 30000;               // of one question, from the connection to the last byte
  qint64 most_bytes = qint64{1} << 20;  // of an answer
  int most_tokens = 300;                // asked of the model
};

// Errors: not http or https, no host, a user name or key written into it; a key that would go in
// plain text to another machine; no model.
Result<void> check_chat(const ChatOptions& options);

// Waits in an event loop of its own; needs a QCoreApplication. Errors, each with the address:
// refused, unknown host, timed out, a redirect, 401 and 403 (the key), 404, 429 (with the wait that
// was asked for), any other status with what the server said, a stream that was cut, more bytes
// than allowed, not JSON, JSON without an answer.
Result<std::string> ask(const ChatOptions& options, const std::string& instructions,
                        const std::string& question);

}  // namespace rehearse::endpoint
