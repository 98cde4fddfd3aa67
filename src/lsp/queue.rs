//! Messages that have come in and are waiting for their turn.

use std::collections::VecDeque;

use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde_json::Value;

/// Messages in the order in which they came. A request that is cancelled while it waits is answered at once.
#[derive(Default)]
pub struct Queue {
    waiting: VecDeque<Message>,
}

impl Queue {
    /// Adds a message. Returns the answer to a request that the message cancels.
    pub fn push(&mut self, message: Message) -> Option<Message> {
        if let Message::Notification(notification) = &message
            && notification.method == "$/cancelRequest"
        {
            return self.cancel(&notification.params);
        }
        self.waiting.push_back(message);
        None
    }

    /// Takes the next message.
    pub fn pop(&mut self) -> Option<Message> {
        self.waiting.pop_front()
    }

    fn cancel(&mut self, params: &Value) -> Option<Message> {
        let id = params.get("id")?;
        let id: RequestId = match (id.as_i64(), id.as_str()) {
            (Some(number), _) => i32::try_from(number).ok()?.into(),
            (None, Some(text)) => text.to_owned().into(),
            (None, None) => return None,
        };
        let is_it = |message: &Message| matches!(message, Message::Request(one) if one.id == id);
        let at = self.waiting.iter().position(is_it)?;
        self.waiting.remove(at);
        let code = ErrorCode::RequestCanceled as i32;
        let response = Response::new_err(id, code, "the request was cancelled".to_owned());
        Some(Message::Response(response))
    }
}
