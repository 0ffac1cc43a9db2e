//! The pages of the tour that tell people what is kept about them.

use super::product::{self, Product};
use super::tour::{OMAR, Tour};
use super::world::{self, PASSWORD};

impl Tour {
    pub(super) async fn own_data(&mut self) {
        let mut client = product::of("bed-board");
        client.third_party = true;
        let bed = Product::register(&self.app, client).await;
        Product::register(&self.app, product::of("incident-desk")).await;
        let browser = self.app.browser();
        let page = self.named(&browser, OMAR).await;
        self.password(&page, PASSWORD).await;
        self.keep("nothing allowed", browser.get("/account/products").await);
        let page = bed.send(&browser, &[]).await;
        let page = self.keep("allow a product", page);
        let back = browser.post_own(&format!("{}/consent", page.path()), &[("answer", "allow")]).await;
        bed.redeem(&bed.callback(&back)["code"]).await;
        self.keep("products and consents", browser.get("/account/products").await);
        self.keep("a product I allowed", browser.get("/account/products/bed-board").await);
        self.keep("a product of my organization", browser.get("/account/products/incident-desk").await);
        self.keep("withdrawn", browser.post_own("/account/products/bed-board/withdraw", &[]).await);
        self.keep("signed out there", browser.get("/account/products?done=signed-out").await);
        self.keep("recent activity", browser.get("/account/activity").await);
        let nothing = "/account/activity?before=0.01920000-0000-7000-8000-00000000abcd";
        self.keep("no recent activity", browser.get(nothing).await);
        self.keep("terms accepted", browser.get("/account/terms").await);
        let text = format!("/account/terms/{}", data_encoding::HEXLOWER.encode(&world::terms().hash));
        self.keep("terms as they were accepted", browser.get(&text).await);
        self.keep("download my data", browser.get("/account/download").await);
        self.keep("downloaded too often", browser.get("/account/download?problem=often").await);
    }
}
