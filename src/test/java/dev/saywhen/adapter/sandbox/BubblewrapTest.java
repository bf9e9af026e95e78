package dev.saywhen.adapter.sandbox;

import java.io.IOException;

class BubblewrapTest extends IsolationContract {
    @Override
    Isolation isolation(Workshop shop) throws IOException {
        return shop.bubblewrap();
    }
}
